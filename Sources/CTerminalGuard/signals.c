// Signals as readable events.
#define _GNU_SOURCE 1
#include <signal.h>
#include <sys/signalfd.h>
#include <time.h>
#include <unistd.h>

#include "shared.h"

static const int loop_signals[] = {
    SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGCONT, SIGWINCH,
};

static void set_of_loop_signals(sigset_t *set) {
  sigemptyset(set);
  for (size_t i = 0; i < sizeof loop_signals / sizeof *loop_signals; ++i) {
    sigaddset(set, loop_signals[i]);
  }
}

void sf_handled_signals(sigset_t *set) {
  set_of_loop_signals(set);
  // Blocked, they let a process in the background put the line settings right, and make its reads
  // fail instead of stopping it with the screen up.
  sigaddset(set, SIGTTOU);
  sigaddset(set, SIGTTIN);
}

static void never_called(int signal) { (void)signal; }

int sf_signal_descriptor(void) {
  sigset_t set;
  sf_handled_signals(&set);
  pthread_sigmask(SIG_BLOCK, &set, NULL);
  // ncurses would otherwise ignore SIGTSTP while it draws, and what is pending then is lost. It
  // leaves the signal alone when there is a handler as it starts.
  struct sigaction action = {.sa_handler = never_called};
  sigaction(SIGTSTP, &action, NULL);
  set_of_loop_signals(&set);
  return signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC);
}

int sf_ending_signals_descriptor(void) {
  sigset_t set;
  set_of_loop_signals(&set);
  // These matter only once there is a screen; a change of size waits for the loop.
  sigdelset(&set, SIGCONT);
  sigdelset(&set, SIGWINCH);
  return signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC);
}

int sf_next_signal(int descriptor) {
  struct signalfd_siginfo info;
  return read(descriptor, &info, sizeof info) == sizeof info ? (int)info.ssi_signo : 0;
}

static int is_end_waiting(void) {
  sigset_t pending;
  sigpending(&pending);
  return sigismember(&pending, SIGTERM) || sigismember(&pending, SIGHUP) ||
         sigismember(&pending, SIGINT) || sigismember(&pending, SIGQUIT);
}

/// A shell may continue a job just before it hands over the terminal; gives it some time.
static int becomes_foreground(int tty) {
  const struct timespec pause = {.tv_nsec = 5000000};
  for (int attempt = 0; attempt < 20; ++attempt) {
    if (sf_is_foreground(tty)) return 1;
    nanosleep(&pause, NULL);
  }
  return 0;
}

int sf_await_turn(int tty) {
  return becomes_foreground(tty) || !sf_can_be_resumed() || sf_suspend(tty);
}

int sf_suspend(int tty) {
  const struct timespec none = {0, 0};
  sigset_t resumed;
  sigemptyset(&resumed);
  sigaddset(&resumed, SIGCONT);
  int is_ours;
  do {
    sigtimedwait(&resumed, NULL, &none);  // an old one must not end the wait below
    atomic_store(&sf_page->suspending, 1);
    atomic_fetch_add(&sf_page->suspensions, 1);
    // The group, because a script or a pipe above us would otherwise wait for ever.
    kill(0, SIGSTOP);
    // With several threads the stop may come after kill returns; SIGCONT stays pending.
    while (sigwaitinfo(&resumed, NULL) < 0) continue;
    is_ours = becomes_foreground(tty);
  } while (!is_ours && !is_end_waiting());
  atomic_store(&sf_page->suspending, 0);
  return is_ours;
}
