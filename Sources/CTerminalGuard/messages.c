// Standard error while the screen is in use: it waits in a file in memory.
#define _GNU_SOURCE 1
#include <fcntl.h>
#include <unistd.h>

#include "shared.h"

/// More than this is no message but a flood.
enum { LIMIT = 1 << 16 };

static int messages = -1;
/// Where they are printed: an open of our own, because a write to the shared one would block for
/// ever on a terminal that reads nothing.
static int outlet = -1;
static volatile int real_stderr = -1;

void sf_prepare_messages(void) {
  if (messages >= 0 || !isatty(STDERR_FILENO)) return;
  messages = sf_memory_file();
  outlet = sf_open_terminal_of(STDERR_FILENO);
}

void sf_hold_messages(void) {
  if (real_stderr >= 0 || messages < 0 || outlet < 0) return;
  int saved = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3);
  if (saved < 0) return;
  dup2(messages, STDERR_FILENO);
  real_stderr = saved;
}

int sf_print_messages(void) {
  uint8_t buffer[1024];
  ssize_t count;
  int place = atomic_load(&sf_page->printed);
  while (messages >= 0 && place < LIMIT &&
         (count = pread(messages, buffer, sizeof buffer, place)) > 0) {
    if (sf_write_all(outlet, buffer, (size_t)count, 500) != 0) return -1;
    place += (int)count;
  }
  atomic_store(&sf_page->printed, place);
  return 0;
}

void sf_release_messages(void) {
  if (real_stderr < 0) return;
  dup2(real_stderr, STDERR_FILENO);
  close(real_stderr);
  real_stderr = -1;
  sf_print_messages();
}
