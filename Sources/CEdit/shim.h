#include <stdio.h>
#include <editline/readline.h>

/* The editor's global variables, set where Swift's checks for shared mutable state do not reach: the one line editor
   calls this once, before its first line. */
static inline void populace_complete_with(rl_completion_func_t *complete) {
    rl_attempted_completion_function = complete;
}

/* Inside a completion function: keeps the editor from offering file names where we offer nothing. */
static inline void populace_offer_no_files(void) {
    rl_attempted_completion_over = 1;
}
