// What the terminal needs from C: code that runs in signal handlers, fork, and the descriptors
// that Swift cannot make (variadic ioctl, signalfd).
//
// What a crash handler calls, sf_guard_restore and sf_die_by, allocates nothing and takes no lock.
#pragma once

#include <stddef.h>
#include <stdint.h>
#include <termios.h>

#include "interrupts.h"

enum { SF_RESTORE_CAPACITY = 512 };

// Supervision -------------------------------------------------------------------------------

/// Splits the process in three when stdin and stdout are a terminal; returns in the program only.
///
/// In the background it first stops, as a change of the line would stop it, and goes on in the
/// foreground. Then the process re-executes itself with every signal blocked and the environment
/// that must be in force before any library starts, so that it is single-threaded; then it forks.
/// The parent, the shell's job, waits, and puts the terminal right when the program could not. A
/// keeper in a session of its own does so when neither could.
///
/// Signals that end or stop the program act from the start; see `sf_end_early_watch`.
///
/// Returns 0, or -1 in the background with nobody there to bring the program to the front.
int sf_supervise(char *const argv[]);

/// Whether a supervisor is waiting above this process.
int sf_is_supervised(void);

// Restoring the screen ----------------------------------------------------------------------

/// Installs the crash handlers of this process, on an alternate stack.
void sf_guard_install(void);

/// Makes the line raw. From now on a crash, the supervisor or the keeper restores the terminal.
///
/// `bytes` are written as they are; they must leave the screen as the shell expects it. Until
/// then standard error is held back if it is a terminal, and printed afterwards.
void sf_guard_claim(int tty, const struct termios *cooked, const uint8_t *bytes, size_t count);

/// Whether nobody has restored the screen since it was claimed; another process may have, so look
/// before drawing.
int sf_guard_is_armed(void);

/// Restores the screen and the line settings if armed, once; safe in a signal handler.
void sf_guard_restore(void);

// Signals -----------------------------------------------------------------------------------

/// Leaves the signals to the event loop. Before that, since `sf_supervise`, a thread of its own
/// acts on them, whatever the others do: it ends the program, or stops it.
void sf_end_early_watch(void);

/// Blocks the signals that the event loop handles, and makes them readable: a signalfd, or -1.
///
/// Call it before ncurses starts.
int sf_signal_descriptor(void);

/// Takes one waiting signal from a signalfd: its number, or 0 when there is none.
int sf_next_signal(int descriptor);

/// Stops the whole process group until it is continued in the foreground.
///
/// Returns 1 then, or 0 when a signal to end arrived meanwhile and the terminal is not ours.
int sf_suspend(int tty);

/// Waits until the terminal is ours to draw on: stops in the background, as `sf_suspend` does.
int sf_await_turn(int tty);

/// Ends the process by a signal, as its default action would.
_Noreturn void sf_die_by(int signal);

// The terminal line -------------------------------------------------------------------------

/// Opens the terminal of standard output anew, close-on-exec and non-blocking, or -1 with errno.
///
/// An open of its own keeps O_NONBLOCK off the description that is shared with the shell.
int sf_open_terminal(void);

/// The same for any descriptor of a terminal.
int sf_open_terminal_of(int descriptor);

/// The size in cells; 0 when it is known.
int sf_terminal_size(int tty, int *columns, int *rows);

/// Whether this process may use the terminal now: it is in the foreground, or there is no job
/// control on this terminal at all.
int sf_is_foreground(int tty);

/// Stops this process in the background, until it is brought to the front; 0 there.
///
/// Returns -1 when nobody could bring it there.
int sf_stop_in_background(void);

/// Whether somebody could continue this process after it stops.
int sf_can_be_resumed(void);

/// Writes everything, waiting at most `milliseconds` in all for a terminal that does not read.
int sf_write_all(int descriptor, const uint8_t *bytes, size_t count, int milliseconds);

/// An anonymous file in memory, or -1.
int sf_memory_file(void);

// The Linux console -------------------------------------------------------------------------

/// Whether the font of the Linux console at a descriptor has a character: 1 or 0, and -1 where the
/// descriptor is no such console.
int sf_console_shows(int descriptor, uint16_t scalar);
