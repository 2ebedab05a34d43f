// Makes one call of a program that reads or writes files fail; `tests/faults` explains how. Loaded by LD_PRELOAD.
//
// FAULT_UNDER  counts calls on paths below this one, and writes to the standard output
// FAULT_COUNT  a file of 8 bytes: the number of such calls, of this process and those that it starts
// FAULT_AT     the number of the call that fails; 0 for none
// FAULT_KIND   EIO, ENOSPC, EMFILE, EACCES or short (half of the bytes); with a +, all later calls of its class fail, too
// FAULT_LOG    a file for the calls: all if none fails, otherwise the one that failed
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

static const char *under, *kind, *logged;
static atomic_ulong *count;
static unsigned long at;
static int is_lasting;
static __thread int is_inside;

__attribute__((constructor)) static void begin(void) {
  const char *file = getenv("FAULT_COUNT"), *number = getenv("FAULT_AT");
  under = getenv("FAULT_UNDER"), kind = getenv("FAULT_KIND"), logged = getenv("FAULT_LOG");
  if (!file || !number || !under || !logged) return;
  at = strtoul(number, NULL, 10);
  is_lasting = kind && strchr(kind, '+');
  // Without our own functions: calls of the set-up do not count.
  int fd = (int)syscall(SYS_openat, AT_FDCWD, file, O_RDWR);
  void *page = (void *)syscall(SYS_mmap, NULL, 8, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  syscall(SYS_close, fd);
  if (page != MAP_FAILED) count = page;
}

static int error_of(void) {
  if (!strncmp(kind, "ENOSPC", 6)) return ENOSPC;
  if (!strncmp(kind, "EMFILE", 6)) return EMFILE;
  if (!strncmp(kind, "EACCES", 6)) return EACCES;
  return EIO;
}

static int path_of_fd(int fd, char *path) {
  char link[64];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  long length = syscall(SYS_readlinkat, AT_FDCWD, link, path, PATH_MAX - 1);
  path[length < 0 ? 0 : length] = 0;
  return length > 0;
}

static void absolute(int folder, const char *name, char *path) {
  size_t length = 0;
  path[0] = 0;
  if (name[0] != '/') {
    if (folder == AT_FDCWD) {
      length = syscall(SYS_getcwd, path, PATH_MAX) > 0 ? strlen(path) : 0;
    } else if (path_of_fd(folder, path)) {
      length = strlen(path);
    }
    path[length++] = '/';
  }
  snprintf(path + length, PATH_MAX - length, "%s", name);
}

// Whether the coming call is to fail. Its name decides its class.
static int fails(const char *call, const char *path) {
  static atomic_int has_failed;
  static const char *class;
  if (!count || (strncmp(path, under, strlen(under)) && strcmp(path, "stdout"))) return 0;
  unsigned long number = atomic_fetch_add(count, 1) + 1;
  int is_one = at ? number == at : 0;
  if (is_one) class = call, atomic_store(&has_failed, 1);
  int is_further = is_lasting && !is_one && atomic_load(&has_failed) && !strcmp(class, call);
  if (at == 0 || is_one) {
    char line[PATH_MAX + 64];
    int length = snprintf(line, sizeof line, "%lu %s %s\n", number, call, path);
    int fd = (int)syscall(SYS_openat, AT_FDCWD, logged, O_WRONLY | O_APPEND | O_CREAT, 0644);
    syscall(SYS_write, fd, line, length);
    syscall(SYS_close, fd);
  }
  return is_one || is_further;
}

static int fails_at(const char *call, int folder, const char *name) {
  if (is_inside || !count || !name) return 0;
  char path[PATH_MAX];
  is_inside = 1;
  absolute(folder, name, path);
  int failing = fails(call, path);
  is_inside = 0;
  return failing;
}

static int fails_on(const char *call, int fd) {
  if (is_inside || !count || fd == 2) return 0;
  char path[PATH_MAX];
  is_inside = 1;
  int failing = 0;
  if (fd == 1 && !strcmp(call, "write")) failing = fails(call, "stdout");
  else if (path_of_fd(fd, path)) failing = fails(call, path);
  is_inside = 0;
  return failing;
}

static int is_short(void) { return kind && !strncmp(kind, "short", 5); }

#define OPEN(name, ...)                                                                 \
  mode_t mode = 0;                                                                      \
  if (flags & (O_CREAT | __O_TMPFILE)) {                                                \
    va_list rest;                                                                       \
    va_start(rest, flags);                                                              \
    mode = va_arg(rest, mode_t);                                                        \
    va_end(rest);                                                                       \
  }                                                                                     \
  if (fails_at(flags & O_CREAT ? "create" : "open", folder, path)) return errno = error_of(), -1; \
  return REAL(name)(__VA_ARGS__, flags, mode);

int open(const char *path, int flags, ...) { int folder = AT_FDCWD; OPEN(open, path) }
int open64(const char *path, int flags, ...) { int folder = AT_FDCWD; OPEN(open64, path) }
int openat(int folder, const char *path, int flags, ...) { OPEN(openat, folder, path) }
int openat64(int folder, const char *path, int flags, ...) { OPEN(openat64, folder, path) }

#define BYTES(call, name, ...)                                                 \
  if (fails_on(call, fd)) {                                                    \
    if (!is_short()) return errno = error_of(), -1;                            \
    if (length > 1) length /= 2;                                               \
  }                                                                            \
  return REAL(name)(__VA_ARGS__);

ssize_t read(int fd, void *bytes, size_t length) { BYTES("read", read, fd, bytes, length) }
ssize_t pread64(int fd, void *bytes, size_t length, off64_t from) { BYTES("read", pread64, fd, bytes, length, from) }
ssize_t write(int fd, const void *bytes, size_t length) { BYTES("write", write, fd, bytes, length) }
ssize_t pwrite64(int fd, const void *bytes, size_t length, off64_t to) { BYTES("write", pwrite64, fd, bytes, length, to) }
ssize_t writev(int fd, const struct iovec *parts, int length) { BYTES("write", writev, fd, parts, length) }

ssize_t copy_file_range(int in, off64_t *from, int fd, off64_t *to, size_t length, unsigned flags) {
  BYTES("write", copy_file_range, in, from, fd, to, length, flags)
}

// A call that fails does nothing, except close: it closes the file whatever it returns.
#define ON_FD(call, name, ...)                                                 \
  if (fails_on(call, fd)) return errno = error_of(), -1;                       \
  return REAL(name)(__VA_ARGS__);

int fsync(int fd) { ON_FD("fsync", fsync, fd) }
int fdatasync(int fd) { ON_FD("fsync", fdatasync, fd) }
int ftruncate64(int fd, off64_t length) { ON_FD("truncate", ftruncate64, fd, length) }
int flock(int fd, int how) { ON_FD("lock", flock, fd, how) }
int fstat64(int fd, struct stat64 *out) { ON_FD("stat", fstat64, fd, out) }
int fchmod(int fd, mode_t mode) { ON_FD("chmod", fchmod, fd, mode) }

int close(int fd) {
  int failing = fails_on("close", fd), closed = REAL(close)(fd);
  return failing ? (errno = error_of(), -1) : closed;
}

#define AT(call, folder, path, name, ...)                                      \
  if (fails_at(call, folder, path)) return errno = error_of(), -1;             \
  return REAL(name)(__VA_ARGS__);

int rename(const char *from, const char *to) { AT("rename", AT_FDCWD, to, rename, from, to) }
int link(const char *from, const char *to) { AT("link", AT_FDCWD, to, link, from, to) }
int linkat(int folder, const char *from, int other, const char *to, int flags) {
  AT("link", other, to, linkat, folder, from, other, to, flags)
}
int mkdir(const char *path, mode_t mode) { AT("mkdir", AT_FDCWD, path, mkdir, path, mode) }
int rmdir(const char *path) { AT("rmdir", AT_FDCWD, path, rmdir, path) }
int unlink(const char *path) { AT("unlink", AT_FDCWD, path, unlink, path) }
int unlinkat(int folder, const char *path, int flags) { AT("unlink", folder, path, unlinkat, folder, path, flags) }
int chmod(const char *path, mode_t mode) { AT("chmod", AT_FDCWD, path, chmod, path, mode) }
int stat64(const char *restrict path, struct stat64 *restrict out) { AT("stat", AT_FDCWD, path, stat64, path, out) }
int lstat64(const char *restrict path, struct stat64 *restrict out) { AT("stat", AT_FDCWD, path, lstat64, path, out) }
int access(const char *path, int how) { AT("stat", AT_FDCWD, path, access, path, how) }
ssize_t readlink(const char *restrict path, char *restrict out, size_t length) {
  AT("readlink", AT_FDCWD, path, readlink, path, out, length)
}
int statx(int folder, const char *restrict path, int flags, unsigned mask, struct statx *restrict out) {
  // The standard library passes no path at all to ask whether this call exists.
  const char *volatile asked = path;
  if (!asked) return REAL(statx)(folder, path, flags, mask, out);
  if (!path[0]) {
    int fd = folder;
    ON_FD("stat", statx, folder, path, flags, mask, out)
  }
  AT("stat", folder, path, statx, folder, path, flags, mask, out)
}

DIR *opendir(const char *path) {
  if (fails_at("open", AT_FDCWD, path)) return errno = error_of(), NULL;
  return REAL(opendir)(path);
}

struct dirent64 *readdir64(DIR *folder) {
  if (fails_on("readdir", dirfd(folder))) return errno = error_of(), NULL;
  return REAL(readdir64)(folder);
}

void *mmap64(void *where, size_t length, int rights, int flags, int fd, off64_t from) {
  if (fd >= 0 && fails_on("mmap", fd)) return errno = ENOMEM, MAP_FAILED;
  return REAL(mmap64)(where, length, rights, flags, fd, from);
}
