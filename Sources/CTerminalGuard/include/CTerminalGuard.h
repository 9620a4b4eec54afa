// What the terminal needs from C: code that runs in signal handlers, fork, and the descriptors
// that Swift cannot make (variadic ioctl, signalfd).
//
// Nothing here allocates or takes a lock after sf_supervise, so all of it is safe in a handler.
#pragma once

#include <stddef.h>
#include <stdint.h>
#include <termios.h>

#include "interrupts.h"

enum { SF_RESTORE_CAPACITY = 512 };

// Supervision -------------------------------------------------------------------------------

/// Splits the process in two when stdin and stdout are a terminal; returns in the child only.
///
/// The process first re-executes itself with every signal blocked and the environment that must be
/// in force before any library starts, so that it is single-threaded; then it forks. The parent
/// waits, and puts the terminal right when the child could not.
void sf_supervise(char *const argv[]);

/// Whether a supervisor is waiting above this process.
int sf_is_supervised(void);

// Restoring the screen ----------------------------------------------------------------------

/// Installs the crash handlers of this process, on an alternate stack.
void sf_guard_install(void);

/// Makes the terminal's owner known: from now on a crash, or the supervisor, restores it.
///
/// `bytes` are written as they are; they must leave the screen as the shell expects it. Until
/// then standard error is held back if it is a terminal, and printed afterwards.
void sf_guard_arm(int tty, const struct termios *cooked, const uint8_t *bytes, size_t count);

/// Restores the screen and the line settings if armed, once; safe in a signal handler.
void sf_guard_restore(void);

// Signals -----------------------------------------------------------------------------------

/// Blocks the signals that the event loop handles, and makes them readable: a signalfd, or -1.
int sf_signal_descriptor(void);

/// Takes one waiting signal from a signalfd: its number, or 0 when there is none.
int sf_next_signal(int descriptor);

/// Stops the whole process group until it is continued in the foreground.
///
/// Returns 1 then, or 0 when a signal to end arrived meanwhile and the terminal is not ours.
int sf_suspend(int tty);

/// Ends the process by a signal, as its default action would.
_Noreturn void sf_die_by(int signal);

// The terminal line -------------------------------------------------------------------------

/// Opens the terminal anew, close-on-exec and non-blocking, or -1 with errno.
///
/// An open of its own keeps O_NONBLOCK off the description that is shared with the shell.
int sf_open_terminal(void);

/// The size in cells; 0 when it is known.
int sf_terminal_size(int tty, int *columns, int *rows);

/// Whether this process may use the terminal now: it is in the foreground, or there is no job
/// control on this terminal at all.
int sf_is_foreground(int tty);

/// Whether somebody could continue this process after it stops.
int sf_can_be_resumed(void);

/// Writes everything, waiting at most `milliseconds` in all for a terminal that does not read.
int sf_write_all(int descriptor, const uint8_t *bytes, size_t count, int milliseconds);

/// An anonymous file in memory, or -1.
int sf_memory_file(void);
