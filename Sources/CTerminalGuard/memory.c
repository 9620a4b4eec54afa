// Memory that the system refuses ends the program with one line, the terminal given back.
//
// Swift has no way to go on without memory it asked for, and ends with a trap. So glibc's functions
// are replaced by ones that call it and look at the answer; what they return is freed as before.
//
// Sanitizers have functions of their own for memory, which must stay.
#ifndef __has_feature
#define __has_feature(name) 0
#endif
#if !__has_feature(address_sanitizer) && !__has_feature(thread_sanitizer)

#define _GNU_SOURCE 1
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "shared.h"

// glibc's own, under names that stay when the usual ones are replaced.
void *__libc_malloc(size_t count);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *old, size_t count);
void *__libc_memalign(size_t alignment, size_t count);

/// Writes a whole number of MiB, rounded up, to `text`; returns the number of characters.
static size_t write_mebibytes(char *text, size_t bytes) {
  size_t mebibytes = (bytes >> 20) + ((bytes & 0xFFFFF) != 0);
  char digits[24];
  size_t count = 0;
  do {
    digits[count++] = (char)('0' + mebibytes % 10);
    mebibytes /= 10;
  } while (mebibytes > 0);
  for (size_t i = 0; i < count; ++i) text[i] = digits[count - 1 - i];
  return count;
}

/// Says so and ends the process with status 1; nothing here needs memory.
static _Noreturn void end_without_memory(size_t bytes) {
  static const char before[] = "scorefield: out of memory: the system refused ";
  static const char after[] = " MiB more; a smaller configuration needs less\n";
  char line[sizeof before + sizeof after + 24];
  size_t count = sizeof before - 1;
  memcpy(line, before, count);
  count += write_mebibytes(line + count, bytes);
  memcpy(line + count, after, sizeof after - 1);
  count += sizeof after - 1;
  sf_guard_restore();
  sf_write_all(STDERR_FILENO, (const uint8_t *)line, count, 500);
  _exit(1);
}

void *malloc(size_t count) {
  void *memory = __libc_malloc(count);
  if (memory == NULL) end_without_memory(count);
  return memory;
}

void *calloc(size_t count, size_t size) {
  void *memory = __libc_calloc(count, size);
  // An overflow of the product is no lack of memory, and the caller may check for it.
  if (memory == NULL && (size == 0 || count <= SIZE_MAX / size)) end_without_memory(count * size);
  return memory;
}

void *realloc(void *old, size_t count) {
  void *memory = __libc_realloc(old, count);
  if (memory == NULL && count != 0) end_without_memory(count);
  return memory;
}

static int is_power_of_two(size_t value) {
  return value != 0 && (value & (value - 1)) == 0;
}

void *memalign(size_t alignment, size_t count) {
  void *memory = __libc_memalign(alignment, count);
  if (memory == NULL && is_power_of_two(alignment)) end_without_memory(count);
  return memory;
}

void *aligned_alloc(size_t alignment, size_t count) {
  return memalign(alignment, count);
}

int posix_memalign(void **result, size_t alignment, size_t count) {
  if (!is_power_of_two(alignment) || alignment % sizeof(void *) != 0) return EINVAL;
  *result = memalign(alignment, count);
  return 0;
}

#endif
