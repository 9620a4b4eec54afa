// Tells the thread sanitizer of locks that were waited for.
//
// A lock of Swift's Mutex that is free is taken by an atomic operation in our own code, which the sanitizer sees. One that must
// be waited for is taken in Swift's library, which it does not, so that all behind it looked like a race.

#include "CSanitizers.h"

#ifndef __has_feature
#define __has_feature(name) 0
#endif

#if __has_feature(thread_sanitizer)
#define _GNU_SOURCE 1
#include <dlfcn.h>
#include <stdint.h>

// Synchronization._MutexHandle._lockSlow(UInt32)
#define LOCK_SLOW "$s15Synchronization12_MutexHandleV9_lockSlowyys6UInt32VF"
#define SWIFT __attribute__((swiftcall))
#define SELF __attribute__((swift_context))

void __tsan_acquire(void *address);
SWIFT void sf_lock_slow(uint32_t thread, SELF void *self) __asm__(LOCK_SLOW);

SWIFT void sf_lock_slow(uint32_t thread, SELF void *self) {
  SWIFT void (*original)(uint32_t, SELF void *) = dlsym(RTLD_NEXT, LOCK_SLOW);
  original(thread, self);
  __tsan_acquire(self);
}
#endif
