// What the processes of the program see of one another, and the parts of this target.
#pragma once

#include <signal.h>
#include <stdatomic.h>

#include "CTerminalGuard.h"

/// One page shared across the forks. Without a supervisor it is ordinary memory.
struct sf_page {
  /// 1 while the screen is in use and must be restored by whoever comes first.
  atomic_int armed;
  /// 1 while the child stops the process group itself, having restored the screen.
  atomic_int suspending;
  /// How often it has done so.
  atomic_int suspensions;
  /// The process that draws, and the job's group; 0 before it is known.
  atomic_int program, group;
  /// How much of the held messages has been printed, in bytes.
  atomic_int printed;
  /// The signal of a crash, from when the child handles it; 0 before.
  atomic_int crash;
  /// The line's settings from before, and those of the screen.
  struct termios cooked, raw;
  size_t count;
  uint8_t bytes[SF_RESTORE_CAPACITY];
};

extern struct sf_page *sf_page;

// Signals -----------------------------------------------------------------------------------

/// The signals that the event loop takes from its signalfd, and those that must not stop it.
void sf_handled_signals(sigset_t *set);

/// A signalfd of those among them that end or stop the program, which must be blocked; or -1.
int sf_ending_signals_descriptor(void);

/// Ends this process by every signal that asks for it, and stops by SIGTSTP, until the event loop
/// takes over with `sf_end_early_watch`.
void sf_begin_early_watch(void);

_Noreturn void sf_die_quietly_by(int signal);

// Restoring ---------------------------------------------------------------------------------

/// Who restores: a process of the job, or the keeper, which does not know whose turn it is.
enum sf_restorer { SF_OF_THE_JOB, SF_OUTSIDER };

/// Restores through any descriptor of the terminal; does nothing when not armed.
void sf_restore_through(int tty, enum sf_restorer restorer);

/// Throws away what a terminal that reads nothing has not taken, and leaves the screen once more.
void sf_farewell_anew(int tty);

/// Restores in a session of its own what the supervisor left at its end, and then what the program
/// left; `supervisor` and `program` are pipes that only they can write to. Only SIGKILL and SIGSTOP
/// reach it.
_Noreturn void sf_keep(int tty, int supervisor, int program);

// Messages ----------------------------------------------------------------------------------

/// Makes room for messages; before the forks, so that the supervisor can print what is left.
void sf_prepare_messages(void);

/// Sends standard error to a file in memory, when it would otherwise be drawn over the screen.
void sf_hold_messages(void);

/// Lets standard error be itself again, and prints what was held.
void sf_release_messages(void);

/// Prints what was held and not yet printed; safe in a handler.
///
/// Returns -1 when the terminal takes nothing for half a second; all of it then counts as unprinted.
int sf_print_messages(void);
