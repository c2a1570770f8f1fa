/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Words, one a line, to the numbers of their surface features: lower case,
 * prefixes of 2 and 3, suffixes of 2, 3 and 4 characters, shape, flags. The
 * trainer gets them from the code that runs later, so they cannot drift.
 */
#include <stdio.h>

#include "analyse/model_p.h"

int main(void)
{
    static char line[1 << 16];
    while (fgets(line, sizeof line, stdin)) {
        dln_lexeme lex;
        dln_str word = {line, strcspn(line, "\n")};
        dln_analyse__lexeme(&lex, word, NULL);
        printf("%u\t%u\t%u\t%u\t%u\t%u\t%u\t%u\n", lex.low,
               lex.prefix[1] ? lex.prefix[1] : lex.prefix[0],
               lex.prefix[2] ? lex.prefix[2] : lex.prefix[1], lex.suffix[1],
               lex.suffix[2], lex.suffix[3], lex.shape, lex.flags);
    }
    return ferror(stdin) || fflush(stdout) ? 1 : 0;
}
