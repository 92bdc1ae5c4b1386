#include <stdio.h>
#include <termios.h>
#include <unistd.h>
#include <editline/readline.h>

/* The editor's global variables, set and read where Swift's checks for shared mutable state do not reach: only the one
   line editor calls these, from its own thread or before its first line. */

/* After using_history and before the first line: what completes; a word ends at white space; Ctrl-C clears the line. */
static inline void populace_begin(rl_completion_func_t *complete) {
    static char breaks[] = " \t";
    rl_attempted_completion_function = complete;
    rl_basic_word_break_characters = breaks;
    rl_parse_and_bind("bind ^C em-kill-line");
}

/* Inside a completion function: keeps the editor from offering file names where we offer nothing. */
static inline void populace_offer_no_files(void) {
    rl_attempted_completion_over = 1;
}

/* Inside a completion function: the line being edited, as a whole. */
static inline const char *populace_line(void) {
    return rl_line_buffer;
}

/* A line, while whose editing Ctrl-C is a key like others and sends no signal; NULL at the end of the input. */
static inline char *populace_readline(const char *prompt) {
    struct termios before, editing;
    int known = tcgetattr(STDIN_FILENO, &before) == 0;
    if (known) {
        editing = before;
        editing.c_cc[VINTR] = _POSIX_VDISABLE;
        tcsetattr(STDIN_FILENO, TCSANOW, &editing);
    }
    char *line = readline(prompt);
    if (known) tcsetattr(STDIN_FILENO, TCSANOW, &before);
    return line;
}
