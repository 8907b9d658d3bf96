// What a worker process needs of the system and Swift cannot call: spawning with few descriptors, limits, and a crash
// handler that may run while everything else is broken.
#ifndef CWORKER_H
#define CWORKER_H

#include <stdint.h>
#include <sys/types.h>

/// The descriptor at which a worker finds its connection with the host.
#define CWORKER_CONNECTION 3

/// A descriptor that becomes readable when eight bytes are written to it, or -1.
int cworker_wakeup(void);

/// Makes a pipe that no other program inherits. Returns 0 or -1.
int cworker_pipe(int ends[2]);

/// Starts a program in a process group of its own with an empty standard input, `output` as standard output and error,
/// `connection` as CWORKER_CONNECTION, and nothing else that is open here.
/// Returns 0 and the process's id, or the error number.
int cworker_spawn(const char *path, char *const arguments[], char *const environment[], int connection, int output,
                  pid_t *process);

/// Prepares this process to run code that may misbehave: it ends with its parent, and before it where memory is short,
/// leaves no core file, may have `memory` bytes of its own, and writes where it was to standard error before a fault ends
/// it, unless its stack is used up.
/// Returns 0, or -1 where the parent has gone already or a limit cannot be set.
int cworker_confine(pid_t parent, uint64_t memory);

#endif
