#define _GNU_SOURCE
#include "cworker.h"

#include <execinfo.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

static const int faults[] = {SIGILL, SIGTRAP, SIGSEGV, SIGBUS, SIGFPE, SIGABRT, SIGSYS};
enum { fault_count = sizeof faults / sizeof *faults, frame_limit = 48 };

int cworker_wakeup(void) { return eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK); }

int cworker_pipe(int ends[2]) { return pipe2(ends, O_CLOEXEC); }

int cworker_spawn(const char *path, char *const arguments[], char *const environment[], int connection, int output,
                  pid_t *process) {
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    sigset_t none, all;
    int error = posix_spawn_file_actions_init(&actions);
    if (error) return error;
    error = posix_spawnattr_init(&attributes);
    if (error) {
        posix_spawn_file_actions_destroy(&actions);
        return error;
    }
    sigemptyset(&none);
    sigfillset(&all);
    // The connection first: a descriptor below 3 would be lost under the standard ones, but callers have those open.
    if (!error) error = posix_spawn_file_actions_adddup2(&actions, output, STDERR_FILENO);
    if (!error) error = posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
    if (!error) error = posix_spawn_file_actions_adddup2(&actions, connection, CWORKER_CONNECTION);
    if (!error) error = posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    if (!error) error = posix_spawn_file_actions_addclosefrom_np(&actions, CWORKER_CONNECTION + 1);
    if (!error) error = posix_spawnattr_setpgroup(&attributes, 0);
    if (!error) error = posix_spawnattr_setsigmask(&attributes, &none);
    if (!error) error = posix_spawnattr_setsigdefault(&attributes, &all);
    if (!error)
        error = posix_spawnattr_setflags(
            &attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    if (!error) error = posix_spawn(process, path, &actions, &attributes, arguments, environment);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    return error;
}

// Only what may be called in a signal handler; backtrace was called once before, so that its library is loaded.
static void report(int signal) {
    void *frames[frame_limit];
    static const char begin[] = "\n== backtrace\n", end[] = "== end\n";
    int count = backtrace(frames, frame_limit);
    (void)!write(STDERR_FILENO, begin, sizeof begin - 1);
    backtrace_symbols_fd(frames, count, STDERR_FILENO);
    (void)!write(STDERR_FILENO, end, sizeof end - 1);
    raise(signal); // its default action is in place again
}

// Where memory is short the system ends this process before the host. Where it does not let us say so, it is as before.
static void volunteer(void) {
    int file = open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC);
    if (file < 0) return;
    (void)!write(file, "1000", 4);
    close(file);
}

int cworker_confine(pid_t parent, uint64_t memory) {
    volunteer();
    if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0 || getppid() != parent) return -1;
    const struct rlimit none = {0, 0}, most = {memory, memory};
    // Data is what a process has of its own, its threads' stacks included; mapped files and reserved addresses are not.
    if (setrlimit(RLIMIT_CORE, &none) != 0 || setrlimit(RLIMIT_DATA, &most) != 0) return -1;
    if (fcntl(CWORKER_CONNECTION, F_SETFD, FD_CLOEXEC) != 0) return -1;
    void *frames[1];
    backtrace(frames, 1);
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = report;
    action.sa_flags = SA_RESETHAND | SA_NODEFER;
    for (int index = 0; index < fault_count; index++) sigaction(faults[index], &action, NULL);
    return 0;
}
