/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/cli.h"
#include "cli/job.h"

static const char usage[] =
    "usage: dateline build INPUT... -o RECORD [--sidecar FILE] [-j JOBS]\n"
    "       dateline build [INPUT...] --watch DIR -o RECORD\n"
    "Reads reports into the record RECORD. An INPUT is a file, a folder or -\n"
    "for standard input: texts, web pages, JSON Lines, crawls (WARC), feeds,\n"
    "agencies' XML, mail, exports of databases, archives of them. What RECORD\n"
    "holds already is kept; the same report twice changes nothing. A build\n"
    "that was cut off goes on where it was when it is started again.\n"
    "  -o, --output RECORD   the record to make or add to\n"
    "      --sidecar FILE    CSV or JSON Lines that names outlet, date, uri\n"
    "                        of files that lack them\n"
    "      --shard K/N       part K of N: the reports whose ids fall to it\n"
    "      --watch DIR       read the folder DIR as well, and whatever comes\n"
    "                        to it, until it is told to end\n"
    "      --ontology DIR    frames, actors and places of your own\n"
    "  -j, --jobs N          threads (default: the machine's)\n"
    "  -q, --quiet           no progress, no summary\n";

int dln_cmd_build(int argc, char **argv)
{
    dln_job job;
    int code = dln_job_options(&job, argc, argv, usage,
                               DLN_JOB_OUTPUT | DLN_JOB_SIDECAR
                                   | DLN_JOB_JOBS | DLN_JOB_SHARD
                                   | DLN_JOB_WATCH | DLN_JOB_ONTOLOGY);
    if (code >= 0)
        return code;
    return job.watch ? dln_job_watch(&job)
                     : dln_job_run(&job, dln_engine_build);
}
