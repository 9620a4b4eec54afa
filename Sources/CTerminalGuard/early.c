// Signals that arrive before the event loop runs, while the program sets up what may take seconds.
#define _GNU_SOURCE 1
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "shared.h"

static pthread_t watcher;
static int signals = -1;
/// Readable when the event loop takes over.
static int handover = -1;

// SIGQUIT ends the process from the start. Swift's backtracer takes it as it is loaded, and asks
// questions on a terminal, in raw mode; so the signal waits while libraries start.

static struct sigaction quit_action;
static sigset_t mask_at_start;

static void before_libraries(void) {
  sigset_t quit;
  sigemptyset(&quit);
  sigaddset(&quit, SIGQUIT);
  sigprocmask(SIG_BLOCK, &quit, &mask_at_start);
  sigaction(SIGQUIT, NULL, &quit_action);
}

__attribute__((constructor)) static void after_libraries(void) {
  sigaction(SIGQUIT, &quit_action, NULL);
  sigprocmask(SIG_SETMASK, &mask_at_start, NULL);
}

__attribute__((used, section(".preinit_array"))) static void (*const start)(void) =
    before_libraries;

static void *watch(void *unused) {
  (void)unused;
  struct pollfd waits[] = {{.fd = handover, .events = POLLIN}, {.fd = signals, .events = POLLIN}};
  for (;;) {
    if (poll(waits, 2, -1) < 0) continue;
    if (waits[0].revents != 0) return NULL;
    int signal = sf_next_signal(signals);
    switch (signal) {
      case 0: break;
      // Nothing is drawn yet, so this needs no terminal.
      case SIGTSTP: if (sf_can_be_resumed()) sf_suspend(-1); break;
      default: sf_die_by(signal);
    }
  }
}

void sf_begin_early_watch(void) {
  signals = sf_ending_signals_descriptor();
  handover = eventfd(0, EFD_CLOEXEC);
  if (signals < 0 || handover < 0 || pthread_create(&watcher, NULL, watch, NULL) != 0) {
    // Without it they wait for the loop.
    close(signals);
    signals = -1;
  }
}

void sf_end_early_watch(void) {
  if (signals < 0) return;
  const uint64_t one = 1;
  if (write(handover, &one, sizeof one) != sizeof one) return;
  pthread_join(watcher, NULL);
  close(signals);
  close(handover);
  signals = -1;
}
