#include "late.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>
#include <unistd.h>

static pthread_mutex_t loading = PTHREAD_MUTEX_INITIALIZER;

static void *loaded(struct sf_late_library *library) {
  pthread_mutex_lock(&loading);
  if (library->handle == NULL) library->handle = dlopen(library->file, RTLD_LAZY | RTLD_LOCAL);
  if (library->handle == NULL) library->handle = dlopen(library->other, RTLD_LAZY | RTLD_LOCAL);
  void *handle = library->handle;
  pthread_mutex_unlock(&loading);
  return handle;
}

void *sf_late_function(struct sf_late_library *library, const char *name) {
  void *handle = loaded(library);
  void *function = handle == NULL ? NULL : dlsym(handle, name);
  if (function == NULL) {
    fprintf(
        stderr, "scorefield: %s is missing or has no function %s; install the package it is part of\n",
        library->file, name);
    // Not `exit`: other threads go on.
    _exit(1);
  }
  return function;
}
