# SPDX-License-Identifier: Apache-2.0
# The front door; Meson does the work. `make` builds build/dateline.
PREFIX ?= /usr/local
BUILD = build
ASAN_OPTIONS ?= detect_stack_use_after_return=1

.PHONY: all test lint asan clang fuzz bench eval man dist install clean \
        bare-check neon-check

all: $(BUILD)/build.ninja
	@ninja -C $(BUILD)

$(BUILD)/build.ninja:
	@meson setup $(BUILD) >/dev/null

test: all
	@meson test -C $(BUILD) --no-rebuild >$(BUILD)/test.log 2>&1; \
	python3 tools/sum_tests.py $(BUILD)/meson-logs/testlog.json

# Layers, file and function lengths, banned functions, manual pages.
lint:
	@python3 tools/check_layers.py src
	@python3 tools/check_style.py src tests fuzz bench

# Everything under AddressSanitizer and UndefinedBehaviorSanitizer, each
# arena allocation a malloc of its own.
asan:
	@[ -f build-asan/build.ninja ] || meson setup build-asan \
	    -Db_sanitize=address,undefined -Db_lundef=false -Darena=malloc \
	    -Dbuildtype=debugoptimized >/dev/null
	@ninja -C build-asan >build-asan/ninja.log 2>&1 \
	    || { tail -40 build-asan/ninja.log; exit 1; }
	@meson test -C build-asan --no-rebuild -t 10 \
	    >build-asan/test.log 2>&1; \
	python3 tools/sum_tests.py build-asan/meson-logs/testlog.json

# The kernels for 64-bit ARM, under emulation; skipped without the tools.
neon-check:
	@sh tools/neon_check.sh

# The second compiler, warnings as errors.
clang:
	@[ -f build-clang/build.ninja ] || CC=clang meson setup build-clang \
	    >/dev/null
	@ninja -C build-clang

# Ten seconds of libFuzzer a target (FUZZ_SECONDS=N for more).
FUZZ_SECONDS ?= 10
fuzz:
	@[ -f build-fuzz/build.ninja ] || CC=clang meson setup build-fuzz \
	    -Db_sanitize=address,undefined -Db_lundef=false -Darena=malloc \
	    -Dfuzz=true -Dbuildtype=debugoptimized >/dev/null
	@ninja -C build-fuzz
	@DATELINE_SOURCE=$(CURDIR) sh fuzz/run.sh build-fuzz $(FUZZ_SECONDS)

bench: all
	@ninja -C $(BUILD) $$(ls bench/bench_*.c 2>/dev/null \
	    | sed 's|\.c$$||') >/dev/null
	@for b in $$(ls bench/bench_*.c | sed 's|\.c$$||'); do \
	    DATELINE_SOURCE=$(CURDIR) $(BUILD)/$$b || exit 1; done

# Accuracy; needs the labelled data (eval/README.md).
eval: all
	@python3 eval/run.py $(BUILD)/dateline

man:
	@for page in docs/man/*.[1-9]; do mandoc -Tlint -Wwarning $$page || exit 1; done

dist: all
	@meson dist -C $(BUILD) --no-tests --formats xztar

install: all
	@meson setup --reconfigure --prefix $(abspath $(PREFIX)) $(BUILD) \
	    >/dev/null
	@meson install -C $(BUILD)

# Proves the README's two commands on a bare Debian 12 and 13 (root, and a
# Debian mirror; not part of CI).
bare-check:
	@sh tools/bare_check.sh bookworm
	@sh tools/bare_check.sh trixie

clean:
	@rm -rf build build-asan build-clang build-fuzz
