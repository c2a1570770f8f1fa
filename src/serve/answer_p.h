/* SPDX-License-Identifier: Apache-2.0 */
#ifndef DLN_SERVE_ANSWER_P_H
#define DLN_SERVE_ANSWER_P_H

#include "serve/serve_p.h"

struct MHD_Daemon;

struct dln_server {
    dln_server_options options;
    dln_readers *readers;
    struct MHD_Daemon *daemon;
};

#endif
