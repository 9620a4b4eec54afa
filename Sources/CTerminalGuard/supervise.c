// The process above: it waits, passes signals on, and restores what the child left behind. And the
// start of all three processes.
#define _GNU_SOURCE 1
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "shared.h"

static const char marker[] = "SCOREFIELD_SUPERVISOR";
static int is_supervised = 0;

int sf_is_supervised(void) { return is_supervised; }

/// The other processes, as the supervisor knows them.
struct family {
  pid_t child;
  /// -1 without one.
  pid_t keeper;
  /// An open of the terminal.
  int tty;
};

/// Environment that libraries read as they start, so it must be there before they do.
static void prepare_environment(void) {
  // Threads of the numerical library would compete with the sessions' own.
  setenv("OPENBLAS_NUM_THREADS", "1", 0);
  // On a terminal the backtracer would wait for a key, in raw mode, after the screen is restored.
  const char *given = getenv("SWIFT_BACKTRACE");
  char settings[512];
  snprintf(settings, sizeof settings, "%s%sinteractive=no,color=no,output-to=stderr",
           given ? given : "", given && *given ? "," : "");
  setenv("SWIFT_BACKTRACE", settings, 1);
}

/// Becomes a fresh, single-threaded copy of this program with every signal blocked; returns in it.
static void execute_anew(char *const argv[]) {
  char own_id[24];
  snprintf(own_id, sizeof own_id, "%ld", (long)getpid());
  const char *mark = getenv(marker);
  if (mark != NULL && strcmp(mark, own_id) == 0) {
    // The name of /proc/self/exe would show in `ps`.
    prctl(PR_SET_NAME, program_invocation_short_name, 0, 0, 0);
    unsetenv(marker);
    return;
  }
  prepare_environment();
  setenv(marker, own_id, 1);
  execv("/proc/self/exe", argv);
  unsetenv(marker);
}

/// What ended the child: the crash, when it was the report of it that was cut off.
static int ending_signal(int status) {
  int crash = atomic_load(&sf_page->crash);
  return WTERMSIG(status) == SIGALRM && crash != 0 ? crash : WTERMSIG(status);
}

/// Ends what the program has left behind: Swift's backtracer waits for ever for a program that was
/// killed under it. All of it came to this process when the program ended.
static void end_orphans(void) {
  char name[64], ids[4096];
  snprintf(name, sizeof name, "/proc/self/task/%ld/children", (long)getpid());
  // One that was killed may itself have left some.
  while (waitpid(-1, NULL, WNOHANG) >= 0) {
    int file = open(name, O_RDONLY | O_CLOEXEC);
    ssize_t count = file < 0 ? -1 : read(file, ids, sizeof ids - 1);
    if (file >= 0) close(file);
    if (count <= 0) return;
    ids[count] = '\0';
    for (char *rest = ids, *end; ; rest = end) {
      long id = strtol(rest, &end, 10);
      if (end == rest) break;
      kill((pid_t)id, SIGKILL);
      waitpid((pid_t)id, NULL, 0);
    }
  }
}

/// Handles what happened to the child: ends as it ended, or stops when it was stopped.
static void look_after(struct family family, int own_end) {
  int status;
  pid_t changed;
  while ((changed = waitpid(family.child, &status, WNOHANG | WUNTRACED)) > 0) {
    if (WIFSTOPPED(status)) {
      // When the child suspends itself it stops the whole group, this process included.
      if (atomic_load(&sf_page->suspending)) continue;
      sf_restore_through(family.tty, SF_OF_THE_JOB);
      raise(SIGSTOP);
      // It draws nothing more until it has claimed the screen again.
      kill(family.child, SIGCONT);
      continue;
    }
    sf_restore_through(family.tty, SF_OF_THE_JOB);
    // The keeper has nothing left to do, and must not be seen after the end.
    if (family.keeper > 0) {
      kill(family.keeper, SIGKILL);
      waitpid(family.keeper, NULL, 0);
    }
    end_orphans();
    if (sf_print_messages() != 0) {
      // There was room for the farewell alone.
      sf_farewell_anew(family.tty);
      sf_print_messages();
    }
    if (own_end != 0) sf_die_quietly_by(own_end);
    if (WIFSIGNALED(status)) sf_die_quietly_by(ending_signal(status));
    _exit(WEXITSTATUS(status));
  }
}

/// Passes a signal on when a process sent it; what the kernel sends to the group reaches the child
/// by itself.
static void pass_on(pid_t child, const siginfo_t *info) {
  if (info->si_code <= 0) kill(child, info->si_signo);
}

/// Passes SIGTSTP on unless the child has got it too and stopped the group meanwhile; it would stop
/// a second time right after it is continued.
static void pass_stop_on(pid_t child, const siginfo_t *info, int suspensions) {
  const struct timespec pause = {.tv_nsec = 50000000};
  nanosleep(&pause, NULL);
  if (atomic_load(&sf_page->suspensions) == suspensions) pass_on(child, info);
}

/// Passes on what arrived before there was a child to take it.
static void pass_early_signals_on(pid_t child) {
  static const int early[] = {SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP};
  sigset_t pending;
  sigpending(&pending);
  for (size_t i = 0; i < sizeof early / sizeof *early; ++i) {
    if (sigismember(&pending, early[i])) kill(child, early[i]);
  }
}

_Noreturn static void watch(struct family family) {
  const pid_t child = family.child;
  sigset_t all;
  sigfillset(&all);
  signal(SIGCHLD, SIG_DFL);  // ignored by inheritance, it would never arrive
  prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
  int own_end = 0;
  int suspensions = 0;
  pass_early_signals_on(child);
  look_after(family, own_end);
  for (;;) {
    siginfo_t info;
    int received = sigwaitinfo(&all, &info);
    switch (received) {
      case -1: break;
      case SIGCHLD: look_after(family, own_end); break;
      case SIGHUP: case SIGINT: case SIGQUIT: case SIGTERM: pass_on(child, &info); break;
      case SIGTSTP: pass_stop_on(child, &info, suspensions); break;
      case SIGCONT: suspensions = atomic_load(&sf_page->suspensions); break;
      case SIGWINCH: case SIGTTIN: case SIGTTOU: case SIGURG: case SIGIO: break;
      default:
        // Fatal for this process: the child goes first, politely, then not.
        kill(child, own_end == 0 ? SIGTERM : SIGKILL);
        kill(child, SIGCONT);
        own_end = received;
    }
  }
}

/// Pipes to which nobody writes: who reads learns of the end of the process with the other end.
struct lifelines {
  int supervisor[2], program[2];
};

/// Starts the keeper, if there can be one.
static pid_t start_keeper(int tty, struct lifelines lines) {
  pid_t keeper = tty < 0 || lines.program[0] < 0 ? -1 : fork();
  if (keeper == 0) {
    close(lines.supervisor[1]);
    close(lines.program[1]);
    sf_keep(tty, lines.supervisor[0], lines.program[0]);
  }
  close(lines.supervisor[0]);
  close(lines.program[0]);
  return keeper;
}

/// Starts the processes that look after the terminal; returns in the program.
static void split(void) {
  void *page = mmap(NULL, sizeof *sf_page, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS,
                    -1, 0);
  if (page == MAP_FAILED) return;
  sf_page = page;
  sf_prepare_messages();
  struct family family = {.tty = sf_open_terminal()};
  struct lifelines lines = {{-1, -1}, {-1, -1}};
  if (pipe2(lines.supervisor, O_CLOEXEC) == 0 && pipe2(lines.program, O_CLOEXEC) != 0) {
    lines.program[0] = lines.program[1] = -1;
  }
  family.keeper = start_keeper(family.tty, lines);
  pid_t parent = getpid();
  family.child = fork();
  if (family.child > 0) {
    close(lines.program[1]);
    watch(family);
  }
  close(family.tty);
  close(lines.supervisor[1]);
  if (family.child < 0) return;
  is_supervised = 1;
  atomic_store(&sf_page->group, getpgrp());
  atomic_store(&sf_page->program, getpid());
  // When the parent is killed, this is a hang-up: save, restore, stop.
  prctl(PR_SET_PDEATHSIG, SIGHUP, 0, 0, 0);
  if (getppid() != parent) raise(SIGHUP);
}

int sf_supervise(char *const argv[]) {
  if (is_supervised || !isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO)) return 0;
  if (sf_stop_in_background() != 0) return -1;
  sigset_t set;
  sigfillset(&set);
  sigprocmask(SIG_SETMASK, &set, NULL);
  execute_anew(argv);
  split();
  sf_handled_signals(&set);
  sigprocmask(SIG_SETMASK, &set, NULL);
  sf_begin_early_watch();
  return 0;
}
