// What the supervisor and the supervised process both see.
#pragma once

#include <signal.h>
#include <stdatomic.h>

#include "CTerminalGuard.h"

/// One page shared across the fork. Without a supervisor it is ordinary memory.
struct sf_page {
  /// 1 while the screen is in use and must be restored by whoever comes first.
  atomic_int armed;
  /// 1 while the child stops the process group itself, having restored the screen.
  atomic_int suspending;
  /// How often it has done so.
  atomic_int suspensions;
  struct termios cooked;
  size_t count;
  uint8_t bytes[SF_RESTORE_CAPACITY];
};

extern struct sf_page *sf_page;

/// The signals that the event loop takes from its signalfd, and those that must not stop it.
void sf_handled_signals(sigset_t *set);

/// Restores through any descriptor of the terminal; does nothing when not armed.
void sf_restore_through(int tty);

_Noreturn void sf_die_quietly_by(int signal);
