// The terminal line: opening, size, foreground, and writing with a limit of time.
#define _GNU_SOURCE 1
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#include "shared.h"

int sf_open_terminal_of(int descriptor) {
  const int flags = O_RDWR | O_NOCTTY | O_CLOEXEC | O_NONBLOCK;
  char name[256];
  if (ttyname_r(descriptor, name, sizeof name) == 0) {
    int tty = open(name, flags);
    if (tty >= 0) return tty;
  }
  // After `su`, or in a container without /dev/pts, the name does not open; this one does.
  return open("/dev/tty", flags);
}

int sf_open_terminal(void) { return sf_open_terminal_of(STDOUT_FILENO); }

int sf_terminal_size(int tty, int *columns, int *rows) {
  struct winsize size;
  if (ioctl(tty, TIOCGWINSZ, &size) != 0 || size.ws_col == 0 || size.ws_row == 0) return -1;
  *columns = size.ws_col;
  *rows = size.ws_row;
  return 0;
}

int sf_is_foreground(int tty) {
  pid_t group = tcgetpgrp(tty);
  return group < 0 || group == getpgrp();
}

int sf_stop_in_background(void) {
  // A change of the line stops a process in the background by SIGTTOU; this one changes nothing.
  while (tcflow(STDOUT_FILENO, TCOON) != 0) {
    if (errno != EINTR) return errno == EIO ? -1 : 0;
  }
  return 0;
}

int sf_can_be_resumed(void) {
  // In the session leader's own group there is no shell with job control above us.
  return getsid(0) != getpgrp();
}

static int64_t now_milliseconds(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (int64_t)time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

int sf_write_all(int descriptor, const uint8_t *bytes, size_t count, int milliseconds) {
  int64_t deadline = now_milliseconds() + milliseconds;
  while (count > 0) {
    ssize_t written = write(descriptor, bytes, count);
    if (written > 0) {
      bytes += written;
      count -= (size_t)written;
      continue;
    }
    if (written < 0 && errno == EINTR) continue;
    if (written < 0 && errno != EAGAIN) return -1;
    int64_t left = deadline - now_milliseconds();
    struct pollfd wait = {.fd = descriptor, .events = POLLOUT};
    if (left <= 0 || (poll(&wait, 1, (int)left) <= 0 && errno != EINTR)) return -1;
  }
  return 0;
}

int sf_memory_file(void) { return memfd_create("frame", MFD_CLOEXEC); }
