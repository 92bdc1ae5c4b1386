#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>

#ifdef __linux__
/* Since glibc 2.29; its header hides it without _GNU_SOURCE. */
extern int posix_spawn_file_actions_addchdir_np(posix_spawn_file_actions_t *actions, const char *path);
#endif

/* Starts a program in a folder, its streams files: `input` is given to it open, whatever locks are on it; output and
   errors are begun anew. It is ended by the signals that we wait for ourselves. 0, or an error number. */
static inline int populace_spawn_in(
    const char *folder, const char *program, char *const argv[], char *const envp[], int input, const char *output,
    const char *errors, pid_t *child
) {
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    sigset_t signals, none;
    sigemptyset(&none);
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    posix_spawn_file_actions_init(&actions);
    posix_spawnattr_init(&attributes);
    posix_spawn_file_actions_addchdir_np(&actions, folder);
    posix_spawn_file_actions_adddup2(&actions, input, 0);
    posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    posix_spawn_file_actions_addopen(&actions, 2, errors, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    posix_spawnattr_setsigdefault(&attributes, &signals);
    /* Threads of a pool block signals, which a child would go on doing. */
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
    int result = posix_spawn(child, program, &actions, &attributes, argv, envp);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    return result;
}
