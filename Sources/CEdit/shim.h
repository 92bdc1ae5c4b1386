#include <errno.h>
#include <fcntl.h>
#include <signal.h>
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

/* Where an interrupt is told of: the end of a pipe to write to. */
static int populace_interrupt_pipe = -1;

static inline void populace_interrupted(int signal) {
    int before = errno;
    (void)signal;
    /* A full pipe tells of interrupts enough. */
    if (write(populace_interrupt_pipe, "", 1) < 0) errno = before;
}

/* From now on an interrupt is a byte to be read from the descriptor returned, whatever thread it reaches; below 0 where
   that cannot be. Called once. */
static inline int populace_take_interrupts(void) {
    int ends[2];
    if (pipe(ends) != 0) return -1;
    for (int end = 0; end < 2; end++) {
        fcntl(ends[end], F_SETFD, FD_CLOEXEC);
        fcntl(ends[end], F_SETFL, O_NONBLOCK);
    }
    populace_interrupt_pipe = ends[1];
    struct sigaction action = {0};
    action.sa_handler = populace_interrupted;
    action.sa_flags = SA_RESTART;
    sigemptyset(&action.sa_mask);
    return sigaction(SIGINT, &action, NULL) == 0 ? ends[0] : -1;
}
