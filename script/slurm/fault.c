// Faults for script/test-slurm, put into the workers with LD_PRELOAD: between the writing of a shard and
// its name. FAULTS is a folder with
//   hold            a worker that is about to name a shard waits while the file is there, and says so by a
//                   file held/SHARD.NODE.PID; the file may hold the name of the one shard that waits
//   kill.*          each kills one worker at that place; the file may hold the name of the one shard
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

// Whether a fault is there for a shard.
static int is_meant(const char *file, const char *shard) {
  FILE *stream = fopen(file, "r");
  if (!stream) return 0;
  char name[256] = "";
  int has_name = fscanf(stream, "%255s", name) == 1;
  fclose(stream);
  return !has_name || !strcmp(name, shard);
}

static void wait_while_held(const char *faults, const char *shard) {
  char hold[LONGEST], mark[LONGEST];
  snprintf(hold, sizeof hold, "%s/hold", faults);
  if (!is_meant(hold, shard)) return;
  const char *node = getenv("SLURMD_NODENAME");
  snprintf(mark, sizeof mark, "%s/held/%s.%s.%d", faults, shard, node ? node : "here", (int)getpid());
  close(open(mark, O_CREAT | O_WRONLY, 0666));
  for (int tries = 0; tries < HOLD_SECONDS * 50 && !access(hold, F_OK); tries++)
    nanosleep(&(struct timespec){.tv_nsec = 20000000}, 0);
  unlink(mark);
}

static void die_if_asked(const char *faults, const char *shard) {
  DIR *folder = opendir(faults);
  if (!folder) return;
  for (struct dirent *entry; (entry = readdir(folder));) {
    char file[LONGEST];
    snprintf(file, sizeof file, "%s/%s", faults, entry->d_name);
    // Who takes the file away is the one that it kills.
    if (!strncmp(entry->d_name, "kill.", 5) && is_meant(file, shard) && !unlink(file))
      kill(getpid(), SIGKILL);
  }
  closedir(folder);
}

static void before_name(const char *path) {
  const char *faults = getenv("FAULTS");
  const char *name = strrchr(path, '/') ? strrchr(path, '/') + 1 : path;
  size_t digits = strspn(name, "0123456789");
  // Not the folder of what is finished of an interrupted shard, whose files have the same names.
  if (!faults || !digits || strcmp(name + digits, ".jsonl") || !strstr(path, "shards/")) return;
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
