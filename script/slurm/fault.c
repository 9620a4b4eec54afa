// Faults for script/test-slurm, put into the tasks with LD_PRELOAD: between the writing of a shard, or of
// the results, and its name. FAULTS is a folder with
//   hold            a task that is about to give that name waits while the file is there, and says so by
//                   held/NAME.NODE.PID; the file may hold the one name that waits
//   kill.*          each kills one task at that place; the file may hold the one name
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { LONGEST = 4096, HOLD_SECONDS = 170 };

// Whether a fault is there for a name.
static int is_meant(const char *file, const char *name) {
  FILE *stream = fopen(file, "r");
  if (!stream) return 0;
  char meant[256] = "";
  int is_one = fscanf(stream, "%255s", meant) == 1;
  fclose(stream);
  return !is_one || !strcmp(meant, name);
}

static void wait_while_held(const char *faults, const char *name) {
  char hold[LONGEST], mark[LONGEST];
  snprintf(hold, sizeof hold, "%s/hold", faults);
  if (!is_meant(hold, name)) return;
  const char *node = getenv("SLURMD_NODENAME");
  snprintf(mark, sizeof mark, "%s/held/%s.%s.%d", faults, name, node ? node : "here", (int)getpid());
  close(open(mark, O_CREAT | O_WRONLY, 0666));
  for (int tries = 0; tries < HOLD_SECONDS * 50 && !access(hold, F_OK); tries++)
    nanosleep(&(struct timespec){.tv_nsec = 20000000}, 0);
  unlink(mark);
}

static void die_if_asked(const char *faults, const char *name) {
  DIR *folder = opendir(faults);
  if (!folder) return;
  for (struct dirent *entry; (entry = readdir(folder));) {
    char file[LONGEST];
    snprintf(file, sizeof file, "%s/%s", faults, entry->d_name);
    // Who takes the file away is the one that it kills.
    if (!strncmp(entry->d_name, "kill.", 5) && is_meant(file, name) && !unlink(file))
      kill(getpid(), SIGKILL);
  }
  closedir(folder);
}

static void before_name(const char *path) {
  const char *faults = getenv("FAULTS");
  const char *name = strrchr(path, '/') ? strrchr(path, '/') + 1 : path;
  size_t digits = strspn(name, "0123456789");
  // What is finished of an interrupted shard has the same name in another folder.
  int is_shard = digits && !strcmp(name + digits, ".jsonl") && strstr(path, "shards/");
  if (!faults || (!is_shard && strcmp(name, "RESULTS.jsonl"))) return;
  die_if_asked(faults, name);
  wait_while_held(faults, name);
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

int rename(const char *old, const char *new) {
  before_name(new);
  return REAL(rename)(old, new);
}
int renameat(int a, const char *old, int b, const char *new) {
  before_name(new);
  return REAL(renameat)(a, old, b, new);
}
int renameat2(int a, const char *old, int b, const char *new, unsigned flags) {
  before_name(new);
  return REAL(renameat2)(a, old, b, new, flags);
}
int link(const char *old, const char *new) {
  before_name(new);
  return REAL(link)(old, new);
}
int linkat(int a, const char *old, int b, const char *new, int flags) {
  before_name(new);
  return REAL(linkat)(a, old, b, new, flags);
}
