// Counts allocations by the place they come from; preloaded, prints at exit.
//
//   ALLOCATION_REPORT=FILE LD_PRELOAD=counter.so PROGRAM
//
// Each line of FILE is a count, the bytes asked for and the call stack as MODULE+OFFSET, innermost
// first. Two runs of different lengths, subtracted, leave what a step allocates: what happens once
// cancels.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <execinfo.h>
#include <link.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { kDepth = 14, kSites = 1 << 14 };

typedef struct {
  void *stack[kDepth];
  long count;
  long bytes;
} site;

extern void *__libc_malloc(size_t);
extern void *__libc_calloc(size_t, size_t);
extern void *__libc_realloc(void *, size_t);
extern void *__libc_memalign(size_t, size_t);

static site sites[kSites];
static long lost;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static __thread int busy __attribute__((tls_model("initial-exec")));
static volatile int ready;

static void record(size_t bytes) {
  // backtrace() may allocate itself.
  if (!ready || busy) return;
  busy = 1;
  // The two innermost frames are this function and its caller in this file.
  void *frames[kDepth + 2] = {0};
  backtrace(frames, kDepth + 2);
  void **stack = frames + 2;
  size_t hash = 0;
  for (int i = 0; i < kDepth; i++) hash = hash * 1099511628211u + (size_t)stack[i];
  pthread_mutex_lock(&lock);
  int tries = 0;
  for (size_t i = hash; tries < kSites; i++, tries++) {
    site *s = &sites[i % kSites];
    if (s->count > 0 && memcmp(s->stack, stack, sizeof s->stack) != 0) continue;
    if (s->count == 0) memcpy(s->stack, stack, sizeof s->stack);
    s->count++;
    s->bytes += (long)bytes;
    break;
  }
  if (tries == kSites) lost++;
  pthread_mutex_unlock(&lock);
  busy = 0;
}

void *malloc(size_t bytes) {
  record(bytes);
  return __libc_malloc(bytes);
}
void *calloc(size_t count, size_t bytes) {
  record(count * bytes);
  return __libc_calloc(count, bytes);
}
void *realloc(void *old, size_t bytes) {
  record(bytes);
  return __libc_realloc(old, bytes);
}
void *memalign(size_t alignment, size_t bytes) {
  record(bytes);
  return __libc_memalign(alignment, bytes);
}
void *aligned_alloc(size_t alignment, size_t bytes) {
  record(bytes);
  return __libc_memalign(alignment, bytes);
}
int posix_memalign(void **result, size_t alignment, size_t bytes) {
  record(bytes);
  void *memory = __libc_memalign(alignment, bytes);
  if (memory == NULL) return 12;  // ENOMEM
  *result = memory;
  return 0;
}

__attribute__((constructor)) static void start(void) {
  void *frames[2];
  backtrace(frames, 2);  // loads the unwinder, which allocates
  ready = 1;
}

__attribute__((destructor)) static void report(void) {
  ready = 0;
  const char *path = getenv("ALLOCATION_REPORT");
  FILE *file = path ? fopen(path, "w") : stderr;
  if (!file) return;
  for (int i = 0; i < kSites; i++) {
    if (sites[i].count == 0) continue;
    fprintf(file, "%ld\t%ld\t", sites[i].count, sites[i].bytes);
    for (int j = 0; j < kDepth && sites[i].stack[j]; j++) {
      Dl_info info;
      // A return address is behind its call.
      char *address = (char *)sites[i].stack[j] - 1;
      const int known = dladdr(address, &info) && info.dli_fname;
      fprintf(file, "%s%s+0x%lx", j ? " " : "", known ? info.dli_fname : "?",
              (long)(address - (known ? (char *)info.dli_fbase : 0)));
    }
    fprintf(file, "\n");
  }
  if (lost) fprintf(stderr, "allocation counter: %ld allocations found no room\n", lost);
  if (path) fclose(file);
}
