#include "interrupts.h"

#include <signal.h>
#include <string.h>

static volatile sig_atomic_t arrived;

static void note(int signal) {
  arrived = signal;
}

void sf_watch_interrupts(void) {
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = note;
  action.sa_flags = SA_RESTART | SA_RESETHAND;
  sigaction(SIGINT, &action, NULL);
  sigaction(SIGTERM, &action, NULL);
}

int sf_interrupted(void) {
  return arrived;
}
