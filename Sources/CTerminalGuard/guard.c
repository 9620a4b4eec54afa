// Restoring the screen when the process crashes. Everything a handler touches is prepared.
#define _GNU_SOURCE 1
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "shared.h"

static volatile int guarded_tty = -1;
static struct sigaction previous_actions[NSIG];
// Room for the handler that was there before us too; Swift's starts its backtracer from here.
static uint8_t alternate_stack[128 * 1024] __attribute__((aligned(16)));

/// How long a crash may be reported, in seconds.
enum { REPORT_LIMIT = 20 };

static const int fatal_signals[] = {SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT, SIGTRAP, SIGSYS};

void sf_guard_restore(void) {
  sf_restore_through(guarded_tty, SF_OF_THE_JOB);
  sf_release_messages();
}

int sf_guard_is_armed(void) { return atomic_load(&sf_page->armed); }

void sf_guard_claim(int tty, const struct termios *cooked, const uint8_t *bytes, size_t count) {
  guarded_tty = tty;
  struct termios raw = *cooked;
  cfmakeraw(&raw);
  sf_page->cooked = *cooked;
  sf_page->raw = raw;
  sf_page->count = count < SF_RESTORE_CAPACITY ? count : SF_RESTORE_CAPACITY;
  memcpy(sf_page->bytes, bytes, sf_page->count);
  atomic_store(&sf_page->armed, 1);
  sf_hold_messages();
  tcsetattr(tty, TCSANOW, &raw);
  // As the line took it, which is what it is compared with later.
  tcgetattr(tty, &sf_page->raw);
}

void sf_die_by(int signal) {
  sigset_t set;
  struct sigaction action = {.sa_handler = SIG_DFL};
  sigaction(signal, &action, NULL);
  sigemptyset(&set);
  sigaddset(&set, signal);
  raise(signal);
  pthread_sigmask(SIG_UNBLOCK, &set, NULL);
  _exit(128 + signal);
}

void sf_die_quietly_by(int signal) {
  struct rlimit none = {0, 0};
  setrlimit(RLIMIT_CORE, &none);
  sf_die_by(signal);
}

static void on_crash(int signal, siginfo_t *info, void *context) {
  sf_restore_through(guarded_tty, SF_OF_THE_JOB);
  struct sigaction *previous = &previous_actions[signal];
  // The backtracer expects the fault to happen again and returns; an outside signal does not
  // happen again, so the end is made certain below.
  // Without a supervisor nobody has kept it from asking questions, in raw mode.
  if (sf_is_supervised() && previous->sa_flags & SA_SIGINFO && previous->sa_sigaction != NULL) {
    // Its words are held, and printed by the supervisor: the terminal may read nothing. Its time is
    // limited by SIGALRM; the supervisor knows what that means.
    atomic_store(&sf_page->crash, signal);
    alarm(REPORT_LIMIT);
    previous->sa_sigaction(signal, info, context);
  } else {
    sf_release_messages();
  }
  sf_die_by(signal);
}

void sf_guard_install(void) {
  stack_t stack = {.ss_sp = alternate_stack, .ss_size = sizeof alternate_stack};
  sigaltstack(&stack, NULL);
  struct sigaction action = {.sa_sigaction = on_crash, .sa_flags = SA_SIGINFO | SA_ONSTACK};
  sigemptyset(&action.sa_mask);
  for (size_t i = 0; i < sizeof fatal_signals / sizeof *fatal_signals; ++i) {
    struct sigaction current;
    sigaction(fatal_signals[i], NULL, &current);
    if (current.sa_flags & SA_SIGINFO && current.sa_sigaction == on_crash) continue;
    sigaction(fatal_signals[i], &action, &previous_actions[fatal_signals[i]]);
  }
}
