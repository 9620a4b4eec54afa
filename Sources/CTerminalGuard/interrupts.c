#include "interrupts.h"

#include <errno.h>
#include <signal.h>
#include <stdint.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

static volatile sig_atomic_t arrived;
static volatile sig_atomic_t count;
static volatile int descriptor = -1;

static void note(int number) {
  arrived = number;
}

static void note_and_count(int number) {
  int saved = errno;
  uint64_t one = 1;
  arrived = number;
  if (write(descriptor, &one, sizeof one) < 0) {
    // The counter is full, which nobody's finger can do; it is readable then too.
  }
  // Whoever reads the counter may hang; the next one is the system's.
  if (++count == 2) {
    signal(SIGINT, SIG_DFL);
    signal(SIGTERM, SIG_DFL);
  }
  errno = saved;
}

static void watch(void (*handler)(int), int flags) {
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = handler;
  action.sa_flags = SA_RESTART | flags;
  sigaction(SIGINT, &action, NULL);
  sigaction(SIGTERM, &action, NULL);
}

void sf_watch_interrupts(void) {
  watch(note, SA_RESETHAND);
}

int sf_interrupt_descriptor(void) {
  descriptor = eventfd(0, EFD_CLOEXEC);
  if (descriptor >= 0) watch(note_and_count, 0);
  return descriptor;
}

int sf_interrupted(void) {
  return arrived;
}
