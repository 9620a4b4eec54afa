#pragma once

/// A library by the file names under which it may be known, the exact one first.
struct sf_late_library {
  const char *file;
  const char *other;
  void *handle;
};

/// The address of a function; loads the library the first time.
///
/// Ends the program with one line where there is no such library or function, as the loader would
/// have done at its start.
void *sf_late_function(struct sf_late_library *library, const char *name);

/// Defines the function `name`, which hands its arguments to the one of the same name in `library`.
///
/// The library's header declares it too, so a wrong type is an error of the compiler. Several threads
/// may find the address at once; all find the same one.
#define SF_LATE(library, result, name, parameters, arguments)             \
  result name parameters {                                                \
    static __typeof__(name) *found;                                       \
    __typeof__(name) *call = __atomic_load_n(&found, __ATOMIC_ACQUIRE);   \
    if (call == 0) {                                                      \
      call = (__typeof__(name) *)sf_late_function(&library, #name);       \
      __atomic_store_n(&found, call, __ATOMIC_RELEASE);                   \
    }                                                                     \
    return call arguments;                                                \
  }
