// Giving the terminal back: by the program, or by whichever process outlives it.
#define _GNU_SOURCE 1
#include <errno.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "shared.h"

static struct sf_page own_page;
struct sf_page *sf_page = &own_page;

void sf_farewell_anew(int tty) {
  // What waits there are frames, and no use to anybody now.
  tcflush(tty, TCOFLUSH);
  sf_write_all(tty, sf_page->bytes, sf_page->count, 400);
}

static int is_raw_as_set(int tty) {
  struct termios now;
  const struct termios *raw = &sf_page->raw;
  return tcgetattr(tty, &now) == 0 && now.c_iflag == raw->c_iflag &&
         now.c_oflag == raw->c_oflag && now.c_cflag == raw->c_cflag &&
         now.c_lflag == raw->c_lflag && memcmp(now.c_cc, raw->c_cc, sizeof now.c_cc) == 0;
}

void sf_restore_through(int tty, enum sf_restorer restorer) {
  if (atomic_load(&sf_page->armed) == 0) return;
  if (sf_write_all(tty, sf_page->bytes, sf_page->count, 100) != 0) sf_farewell_anew(tty);
  // A shell that has the terminal again has set the line as it wants it, to edit a command perhaps.
  int is_ours = restorer == SF_OF_THE_JOB && sf_is_foreground(tty);
  // Now, not after draining: a terminal that reads nothing would hold us here for ever.
  if (is_ours || is_raw_as_set(tty)) tcsetattr(tty, TCSANOW, &sf_page->cooked);
  // Last: whoever is killed on the way leaves all of it to the next process.
  atomic_store(&sf_page->armed, 0);
}

static void await_end(int pipe) {
  char byte;
  while (read(pipe, &byte, 1) < 0 && errno == EINTR) continue;
}

/// Restores while the program, if it still lives, cannot draw over it.
static void restore_before_the_shell(int tty) {
  pid_t program = atomic_load(&sf_page->program);
  int is_known = program > 0 && getpgid(program) == atomic_load(&sf_page->group);
  if (is_known) kill(program, SIGSTOP);
  sf_restore_through(tty, SF_OUTSIDER);
  if (is_known) kill(program, SIGCONT);
}

void sf_keep(int tty, int supervisor, int program) {
  setsid();
  // Another name than the program's, for the sake of `killall -KILL`.
  prctl(PR_SET_NAME, "terminal-keeper", 0, 0, 0);
  dup2(tty, 0);
  dup2(supervisor, 1);
  dup2(program, 2);
  close_range(3, ~0U, 0);
  // Otherwise this folder stays in use, and no more.
  if (chdir("/") != 0) errno = 0;
  await_end(1);
  // The shell hears of the supervisor's end alone, and soon shows its prompt. The program hears of
  // it as a hang-up, or it is dying too, which takes longer as it is larger.
  restore_before_the_shell(0);
  await_end(2);
  sf_restore_through(0, SF_OUTSIDER);
  _exit(0);
}
