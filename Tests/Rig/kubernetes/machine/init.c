/* init [PROGRAM ARGUMENT...]: the first process of a container. Runs a program, passes SIGTERM and SIGINT on to it and
   ends with its exit code; without a program it only waits, as the container that holds a pod together does. */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static volatile pid_t child;

static void pass_on(int number) {
    if (child > 0) kill(child, number);
    else _exit(0);
}

int main(int count, char **arguments) {
    signal(SIGTERM, pass_on);
    signal(SIGINT, pass_on);
    if (count > 1 && (child = fork()) == 0) {
        execv(arguments[1], arguments + 1);
        fprintf(stderr, "%s: %s\n", arguments[1], strerror(errno));
        _exit(127);
    }
    for (;;) {
        int status;
        pid_t ended = wait(&status);
        if (child > 0 && ended == child) return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
        if (ended < 0 && errno == ECHILD) pause();
    }
}
