// Runs a command, counts its system calls on one folder and its pipes, and makes one of them fail. For script/faults.
//
//   faults PLACE LOG NAME K FAULT COMMAND...
//
// The K-th call NAME of the command and of all its processes and threads together meets FAULT; any call counts for
// the name `any`, and for K = 0 nothing is done to any. FAULT is
//   NUMBER     the call is not made and fails with this errno; `close` is made and fails
//   short      half of the bytes are written or read
//   before     SIGKILL to the process before the call is made
//   after      SIGKILL when it has been made
// LOG gets a line for each call: its name, its number of bytes, its file, and FAULT for the one that met it. The
// status is that of the command, 128 and the signal if one ended it. The kernel stops at the calls (seccomp) and tells
// this program (ptrace), so what the C library calls inside itself counts too. The same source is also a library that
// the command loads first (-shared -DINSIDE, in FAULTS_INSIDE): it asks the kernel to stop once all libraries are
// loaded. For Linux on x86-64.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <unistd.h>

// What an argument is that says which file is meant: a descriptor, a path, a path in the folder of the descriptor
// before it; or nothing says so, and every call counts.
enum kind { DESCRIPTOR, PATH, PATH_AT, ALL };
static const struct call {
  int number;
  const char *name;
  enum kind kind;
  int argument, second;
} calls[] = {
#define CALL(name, ...) {SYS_##name, #name, __VA_ARGS__}
    CALL(open, PATH, 0),          CALL(openat, PATH_AT, 1),       CALL(creat, PATH, 0),
    CALL(close, DESCRIPTOR, 0),   CALL(read, DESCRIPTOR, 0),      CALL(pread64, DESCRIPTOR, 0),
    CALL(readv, DESCRIPTOR, 0),   CALL(write, DESCRIPTOR, 0),     CALL(pwrite64, DESCRIPTOR, 0),
    CALL(writev, DESCRIPTOR, 0),  CALL(pwritev, DESCRIPTOR, 0),   CALL(fsync, DESCRIPTOR, 0),
    CALL(fdatasync, DESCRIPTOR, 0), CALL(ftruncate, DESCRIPTOR, 0), CALL(truncate, PATH, 0),
    CALL(fallocate, DESCRIPTOR, 0), CALL(rename, PATH, 0, 1),     CALL(renameat, PATH_AT, 1, 3),
    CALL(renameat2, PATH_AT, 1, 3), CALL(link, PATH, 0, 1),       CALL(linkat, PATH_AT, 1, 3),
    CALL(symlink, PATH, 1),       CALL(unlink, PATH, 0),          CALL(unlinkat, PATH_AT, 1),
    CALL(mkdir, PATH, 0),         CALL(mkdirat, PATH_AT, 1),      CALL(rmdir, PATH, 0),
    CALL(chmod, PATH, 0),         CALL(fchmod, DESCRIPTOR, 0),    CALL(fchmodat, PATH_AT, 1),
    CALL(utimensat, PATH_AT, 1),  CALL(stat, PATH, 0),            CALL(lstat, PATH, 0),
    CALL(fstat, DESCRIPTOR, 0),   CALL(newfstatat, PATH_AT, 1),   CALL(statx, PATH_AT, 1),
    CALL(access, PATH, 0),        CALL(faccessat2, PATH_AT, 1),   CALL(readlink, PATH, 0),
    CALL(getdents64, DESCRIPTOR, 0), CALL(fcntl, DESCRIPTOR, 0),  CALL(flock, DESCRIPTOR, 0),
    CALL(mmap, DESCRIPTOR, 4),    CALL(copy_file_range, DESCRIPTOR, 2), CALL(sendfile, DESCRIPTOR, 0),
    CALL(statfs, PATH, 0),        CALL(fstatfs, DESCRIPTOR, 0),   CALL(pipe, ALL, 0),
    CALL(pipe2, ALL, 0),          CALL(socketpair, ALL, 0),       CALL(clone, ALL, 0),
    CALL(clone3, ALL, 0),         CALL(fork, ALL, 0),             CALL(vfork, ALL, 0),
    CALL(setpriority, ALL, 0),
};
enum { CALLS = sizeof calls / sizeof *calls, TASKS = 1 << 22 };

static void end(const char *text) {
  perror(text);
  exit(126);
}

#ifdef INSIDE
__attribute__((constructor)) static void ask(void) {
  struct sock_filter filter[CALLS * 2 + 5];
  int count = 0;
  filter[count++] = (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr));
  for (int index = 0; index < CALLS; index++) {
    if (calls[index].number == SYS_mmap) continue;
    filter[count++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, calls[index].number, 0, 1);
    filter[count++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_TRACE);
  }
  // Memory of no file is of no interest.
  filter[count++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_mmap, 0, 3);
  filter[count++] = (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, args[3]));
  filter[count++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, MAP_ANONYMOUS, 1, 0);
  filter[count++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_TRACE);
  filter[count++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
  struct sock_fprog program = {count, filter};
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) || prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program)) end("seccomp");
}
#else

static const char *place, *wanted, *fault;
static char present[TASKS / 8], leaving[TASKS / 8];
static long target, reached;

static int is_set(const char *bits, pid_t task) { return bits[task / 8] >> task % 8 & 1; }
static void set(char *bits, pid_t task, int value) {
  bits[task / 8] = (bits[task / 8] & ~(1 << task % 8)) | value << task % 8;
}

// The file of a link in the process's folder of /proc.
static void follow(pid_t task, const char *link, char *file) {
  char name[64];
  snprintf(name, sizeof name, "/proc/%d/%s", task, link);
  ssize_t length = readlink(name, file, PATH_MAX - 1);
  file[length < 0 ? 0 : length] = 0;
}

static void read_text(pid_t task, unsigned long address, char *text) {
  size_t length = 0;
  // No further than the page that is there.
  for (; length < PATH_MAX - 1; length++) {
    struct iovec here = {text + length, 1}, there = {(void *)(address + length), 1};
    if (process_vm_readv(task, &here, 1, &there, 1, 0) != 1 || !text[length]) break;
  }
  text[length] = 0;
}

static void file_of(pid_t task, const struct call *call, const unsigned long *arguments, int index, char *file) {
  char link[32], name[PATH_MAX];
  file[0] = 0;
  if (call->kind == ALL) return;
  int descriptor = call->kind == PATH ? AT_FDCWD
                                      : (int)arguments[call->kind == DESCRIPTOR ? index : index - 1];
  if (descriptor == AT_FDCWD) strcpy(link, "cwd");
  else snprintf(link, sizeof link, "fd/%d", descriptor);
  if (call->kind == DESCRIPTOR) return follow(task, link, file);
  read_text(task, arguments[index], name);
  if (name[0] == '/') return (void)strcpy(file, name);
  follow(task, link, file);
  size_t length = strlen(file);
  if (name[0]) snprintf(file + length, PATH_MAX - length, "/%s", name);
}

static int is_meant(const char *file) {
  return !strncmp(file, place, strlen(place)) || !strncmp(file, "pipe:", 5) || !strncmp(file, "socket:", 7);
}

// How an opening, a lock or another call is named in the log: what is read and what is written differ.
static void name_call(const struct call *call, const unsigned long *arguments, char *name) {
  strcpy(name, call->name);
  int flags = call->number == SYS_open ? (int)arguments[1] : call->number == SYS_openat ? (int)arguments[2] : 0;
  if (flags & (O_WRONLY | O_RDWR | O_CREAT)) strcat(name, "-write");
  if (call->number == SYS_fcntl) {
    int order = (int)arguments[1];
    strcat(name, order == F_SETLK || order == F_SETLKW || order == F_OFD_SETLK || order == F_OFD_SETLKW ? "-lock" : "");
  }
}

static pid_t process_of(pid_t task) {
  char name[64], line[256];
  snprintf(name, sizeof name, "/proc/%d/status", task);
  FILE *stream = fopen(name, "r");
  int process = task;
  while (stream && fgets(line, sizeof line, stream)) sscanf(line, "Tgid: %d", &process);
  if (stream) fclose(stream);
  return process;
}

// Stops before a call. Says whether the end of the call is to be seen too.
static int meet(pid_t task, FILE *log) {
  struct user_regs_struct registers;
  if (ptrace(PTRACE_GETREGS, task, 0, &registers)) return 0;
  const struct call *call = calls;
  while (call < calls + CALLS && call->number != (int)registers.orig_rax) call++;
  if (call == calls + CALLS) return 0;
  // Training gives way to other programs, and the faults would wait for them: the priority stays as it is.
  if (call->number == SYS_setpriority) {
    registers.orig_rax = -1;
    registers.rax = 0;
    return ptrace(PTRACE_SETREGS, task, 0, &registers), 0;
  }
  unsigned long arguments[] = {registers.rdi, registers.rsi, registers.rdx, registers.r10, registers.r8};
  char file[PATH_MAX], second[PATH_MAX] = "", name[64];
  file_of(task, call, arguments, call->argument, file);
  if (call->second) file_of(task, call, arguments, call->second, second);
  if (call->kind != ALL && !is_meant(file) && !is_meant(second)) return 0;
  name_call(call, arguments, name);
  if (!strcmp(name, "fcntl")) return 0;
  int is_chosen = target && (!strcmp(wanted, name) || !strcmp(wanted, "any")) && ++reached == target;
  fprintf(log, "%s\t%ld\t%s\t%s\n", name, (long)arguments[2], file, is_chosen ? fault : "");
  fflush(log);
  if (!is_chosen) return 0;
  if (!strcmp(fault, "before")) return kill(process_of(task), SIGKILL), 0;
  if (!strcmp(fault, "after") || !strcmp(name, "close")) return 1;
  if (!strcmp(fault, "short")) {
    // Of a vector the first half of its parts.
    registers.rdx /= 2;
  } else {
    registers.orig_rax = -1;
    registers.rax = -atoi(fault);
  }
  ptrace(PTRACE_SETREGS, task, 0, &registers);
  return 0;
}

// Stops after the call.
static void leave(pid_t task) {
  struct user_regs_struct registers;
  if (!strcmp(fault, "after")) return (void)kill(process_of(task), SIGKILL);
  if (ptrace(PTRACE_GETREGS, task, 0, &registers)) return;
  registers.rax = -atoi(fault);
  ptrace(PTRACE_SETREGS, task, 0, &registers);
}

static void start(char **command) {
  if (ptrace(PTRACE_TRACEME, 0, 0, 0)) end("ptrace");
  raise(SIGSTOP);
  setenv("LD_PRELOAD", getenv("FAULTS_INSIDE"), 1);
  execvp(command[0], command);
  end(command[0]);
}

int main(int count, char **words) {
  if (count < 7) return fprintf(stderr, "usage: faults PLACE LOG NAME K FAULT COMMAND...\n"), 126;
  place = words[1], wanted = words[3], target = atol(words[4]), fault = words[5];
  FILE *log = fopen(words[2], "we");
  if (!log) end(words[2]);
  pid_t first = fork();
  if (!first) start(words + 6);
  int state, result = 126;
  if (waitpid(first, &state, __WALL) != first) end("wait");
  long options = PTRACE_O_TRACESECCOMP | PTRACE_O_TRACECLONE | PTRACE_O_TRACEFORK | PTRACE_O_TRACEVFORK |
                 PTRACE_O_TRACEEXEC | PTRACE_O_EXITKILL | PTRACE_O_TRACESYSGOOD;
  if (ptrace(PTRACE_SETOPTIONS, first, 0, options)) end("ptrace");
  set(present, first, 1);
  ptrace(PTRACE_CONT, first, 0, 0);
  for (pid_t task; (task = waitpid(-1, &state, __WALL)) > 0 || errno == EINTR;) {
    if (task < 0) continue;
    if (!WIFSTOPPED(state)) {
      set(present, task, 0);
      set(leaving, task, 0);
      if (task == first) result = WIFEXITED(state) ? WEXITSTATUS(state) : 128 + WTERMSIG(state);
      continue;
    }
    int is_seen = 0, sent = 0;
    if (state >> 16 == PTRACE_EVENT_SECCOMP) is_seen = meet(task, log);
    else if (WSTOPSIG(state) == (SIGTRAP | 0x80)) {
      if (is_set(leaving, task)) leave(task);
    } else if (!(state >> 16) && !(WSTOPSIG(state) == SIGSTOP && !is_set(present, task))) sent = WSTOPSIG(state);
    set(present, task, 1);
    set(leaving, task, is_seen);
    ptrace(is_seen ? PTRACE_SYSCALL : PTRACE_CONT, task, 0, sent);
  }
  return result;
}
#endif
