#include <errno.h>
#include <fcntl.h>
#include <readstat.h>
#include <signal.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#ifdef __linux__
extern int pipe2(int ends[2], int flags);
#endif

/* Limits this process for good: seconds of CPU, bytes of address space, no core file, no file written, few files open. */
static inline void populace_limit_process(unsigned long seconds, unsigned long bytes) {
    struct rlimit cpu = {seconds, seconds + 1}, memory = {bytes, bytes}, none = {0, 0}, files = {32, 32};
    setrlimit(RLIMIT_CPU, &cpu);
    setrlimit(RLIMIT_AS, &memory);
    setrlimit(RLIMIT_CORE, &none);
    setrlimit(RLIMIT_FSIZE, &none);
    setrlimit(RLIMIT_NOFILE, &files);
}

/* Starts a program whose standard output is read from *output; its other streams go nowhere. 0, or an error number. */
static inline int populace_spawn(const char *path, char *const argv[], char *const envp[], pid_t *child, int *output) {
    int ends[2];
#ifdef __linux__
    if (pipe2(ends, O_CLOEXEC) != 0) return errno;
#else
    if (pipe(ends) != 0) return errno;
    fcntl(ends[0], F_SETFD, FD_CLOEXEC);
    fcntl(ends[1], F_SETFD, FD_CLOEXEC);
#endif
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&actions, ends[1], 1);
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
    int result = posix_spawn(child, path, &actions, NULL, argv, envp);
    posix_spawn_file_actions_destroy(&actions);
    close(ends[1]);
    if (result != 0) close(ends[0]); else *output = ends[0];
    return result;
}

/* Waits for a child: its exit status, or minus the number of the signal that ended it. */
static inline int populace_wait(pid_t child) {
    int status = 0;
    while (waitpid(child, &status, 0) < 0) if (errno != EINTR) return -SIGKILL;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}
