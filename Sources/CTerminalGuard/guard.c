// Restoring the screen when the process crashes. Everything a handler touches is prepared.
#define _GNU_SOURCE 1
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "shared.h"

/// More than this is no message but a flood.
enum { HELD_MESSAGES_LIMIT = 1 << 16 };

static struct sf_page own_page;
struct sf_page *sf_page = &own_page;

static volatile int guarded_tty = -1;
static struct sigaction previous_actions[NSIG];
// Room for the handler that was there before us too; Swift's starts its backtracer from here.
static uint8_t alternate_stack[128 * 1024] __attribute__((aligned(16)));

// While the screen is in use, what is printed on standard error waits in a file in memory.
static volatile int held_messages = -1;
static volatile int real_stderr = -1;

static const int fatal_signals[] = {SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT, SIGTRAP, SIGSYS};

void sf_restore_through(int tty) {
  if (atomic_exchange(&sf_page->armed, 0) == 0) return;
  // A terminal that reads nothing for this long gets no goodbye, but its line is put right.
  sf_write_all(tty, sf_page->bytes, sf_page->count, 500);
  // Now, not after draining: a terminal that reads nothing would hold us here for ever.
  tcsetattr(tty, TCSANOW, &sf_page->cooked);
}

/// Sends standard error to a file in memory, when it would otherwise be drawn over the screen.
static void hold_messages(void) {
  if (real_stderr >= 0 || !isatty(STDERR_FILENO)) return;
  int file = sf_memory_file();
  int saved = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3);
  if (file < 0 || saved < 0 || dup2(file, STDERR_FILENO) < 0) {
    close(file);
    close(saved);
    return;
  }
  held_messages = file;
  real_stderr = saved;
}

/// Prints what was held, and lets standard error be itself again; safe in a signal handler.
static void release_messages(void) {
  if (real_stderr < 0) return;
  dup2(real_stderr, STDERR_FILENO);
  close(real_stderr);
  real_stderr = -1;
  uint8_t buffer[1024];
  ssize_t count;
  off_t place = 0;
  while (place < HELD_MESSAGES_LIMIT &&
         (count = pread(held_messages, buffer, sizeof buffer, place)) > 0) {
    if (sf_write_all(STDERR_FILENO, buffer, (size_t)count, 500) != 0) break;
    place += count;
  }
  close(held_messages);
  held_messages = -1;
}

void sf_guard_restore(void) {
  sf_restore_through(guarded_tty);
  release_messages();
}

void sf_guard_arm(int tty, const struct termios *cooked, const uint8_t *bytes, size_t count) {
  guarded_tty = tty;
  sf_page->cooked = *cooked;
  sf_page->count = count < SF_RESTORE_CAPACITY ? count : SF_RESTORE_CAPACITY;
  memcpy(sf_page->bytes, bytes, sf_page->count);
  atomic_store(&sf_page->armed, 1);
  hold_messages();
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
  sf_guard_restore();
  struct sigaction *previous = &previous_actions[signal];
  // The backtracer expects the fault to happen again and returns; an outside signal does not
  // happen again, so the end is made certain below.
  // Without a supervisor nobody has told it not to ask questions, in raw mode.
  if (sf_is_supervised() && previous->sa_flags & SA_SIGINFO && previous->sa_sigaction != NULL) {
    previous->sa_sigaction(signal, info, context);
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
