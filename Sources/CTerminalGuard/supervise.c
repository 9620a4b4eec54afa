// The process above: it waits, passes signals on, and restores what the child left behind.
#define _GNU_SOURCE 1
#include <errno.h>
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

/// Handles what happened to the child: ends as it ended, or stops when it was stopped.
static void look_after(pid_t child, int own_end) {
  int status;
  pid_t changed;
  while ((changed = waitpid(child, &status, WNOHANG | WUNTRACED)) > 0) {
    if (WIFSTOPPED(status)) {
      // When the child suspends itself it stops the whole group, this process included.
      if (atomic_load(&sf_page->suspending)) continue;
      int was_armed = atomic_load(&sf_page->armed);
      int tty = sf_open_terminal();
      sf_restore_through(tty);
      close(tty);
      raise(SIGSTOP);
      // The child claims the screen again when it is continued.
      atomic_store(&sf_page->armed, was_armed);
      kill(child, SIGCONT);
      continue;
    }
    int tty = sf_open_terminal();
    sf_restore_through(tty);
    if (own_end != 0) sf_die_quietly_by(own_end);
    if (WIFSIGNALED(status)) sf_die_quietly_by(WTERMSIG(status));
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

_Noreturn static void watch(pid_t child) {
  sigset_t all;
  sigfillset(&all);
  signal(SIGCHLD, SIG_DFL);  // ignored by inheritance, it would never arrive
  int own_end = 0;
  int suspensions = 0;
  look_after(child, own_end);
  for (;;) {
    siginfo_t info;
    int received = sigwaitinfo(&all, &info);
    switch (received) {
      case -1: break;
      case SIGCHLD: look_after(child, own_end); break;
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

void sf_supervise(char *const argv[]) {
  if (is_supervised || !isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO)) return;
  sigset_t set;
  sigfillset(&set);
  sigprocmask(SIG_SETMASK, &set, NULL);
  execute_anew(argv);

  void *page = mmap(NULL, sizeof *sf_page, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS,
                    -1, 0);
  if (page != MAP_FAILED) sf_page = page;
  pid_t parent = getpid();
  pid_t child = page != MAP_FAILED ? fork() : -1;
  if (child > 0) watch(child);

  sf_handled_signals(&set);
  sigprocmask(SIG_SETMASK, &set, NULL);
  if (child < 0) return;
  is_supervised = 1;
  // When the parent is killed, this is a hang-up: save, restore, stop.
  prctl(PR_SET_PDEATHSIG, SIGHUP, 0, 0, 0);
  if (getppid() != parent) raise(SIGHUP);
}
