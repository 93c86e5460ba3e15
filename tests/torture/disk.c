/* What a process does to the files under one folder: written down in its order, and made to fail where that is wanted.

   Loaded before the C library (LD_PRELOAD). It is controlled through the functions that begin with torture_, which
   disk.py calls, or for programs that are started by CPDESK_TORTURE_LOG, _ROOT and _FAULT. While nothing is asked of
   it every call goes straight through. disk.py reads the log; the two have to agree on `struct head` and the numbers
   of the operations. */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

enum op {
    OP_OPEN = 0, OP_CLOSE, OP_DUP, OP_WRITE, OP_TRUNCATE, OP_SYNC, OP_RENAME, OP_LINK, OP_UNLINK, OP_MKDIR, OP_RMDIR,
    OP_READ, OP_MARK, OP_FAULT, OP_UNSYNCED
};

struct head {
    uint32_t op;
    int32_t file;    /* descriptor; for OP_DUP the new one is `other` */
    int32_t other;   /* flags of OP_OPEN, new descriptor of OP_DUP, error number of OP_FAULT */
    uint32_t first;  /* bytes of the first name, or of the data */
    uint32_t second; /* bytes of the second name */
    uint32_t unused;
    int64_t offset;  /* where it was written, or the new size */
};

#define FILES 4096
static char tracked[FILES];
static char root[4096];
static size_t root_length;
static int log_file = -1;
static pthread_mutex_t lock = PTHREAD_RECURSIVE_MUTEX_INITIALIZER_NP;

/* The fault: which operations (a bit for each), which error, after how many of them, on files whose name contains
   this; `left` is how often. A full disk first takes half of what it is given. */
static struct { unsigned mask; int error; long after, left, seen, hits; char match[256]; } fault;

#define REAL(name) \
    static __typeof__(name) *real; \
    if (!real) real = (__typeof__(name) *)dlsym(RTLD_NEXT, #name)

static ssize_t real_write(int file, const void *data, size_t size) {
    REAL(write);
    return real(file, data, size);
}

static void put(const void *data, size_t size) {
    const char *rest = data;
    while (size > 0) {
        ssize_t done = real_write(log_file, rest, size);
        if (done <= 0) abort();
        rest += done;
        size -= (size_t)done;
    }
}

static void note(enum op op, int file, int other, int64_t offset, const void *first, size_t n, const char *second) {
    if (log_file < 0) return;
    int error = errno;
    struct head head = {op, file, other, (uint32_t)n, second ? (uint32_t)strlen(second) : 0, 0, offset};
    put(&head, sizeof head);
    if (n) put(first, n);
    if (second) put(second, strlen(second));
    errno = error;
}

/* The name under the root, or NULL for a file that is none of ours. */
static const char *ours(int folder, const char *path, char *room, size_t size) {
    if (!root_length || !path) return NULL;
    if (path[0] != '/') {
        char base[4096];
        if (folder == AT_FDCWD) {
            if (!getcwd(base, sizeof base)) return NULL;
        } else {
            char link[64];
            snprintf(link, sizeof link, "/proc/self/fd/%d", folder);
            ssize_t length = readlink(link, base, sizeof base - 1);
            if (length < 0) return NULL;
            base[length] = 0;
        }
        if ((size_t)snprintf(room, size, "%s/%s", base, path) >= size) return NULL;
    } else if ((size_t)snprintf(room, size, "%s", path) >= size) {
        return NULL;
    }
    size_t length = strlen(room);
    while (length > 1 && room[length - 1] == '/') room[--length] = 0;
    if (strncmp(room, root, root_length) != 0) return NULL;
    if (room[root_length] == 0) return ".";
    return room[root_length] == '/' ? room + root_length + 1 : NULL;
}

static int is_tracked(int file) { return file >= 0 && file < FILES && tracked[file]; }

static const char *name_of(int file, char *room, size_t size) {
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t length = readlink(link, room, size - 1);
    if (length < 0) return "";
    room[length] = 0;
    return room;
}

/* Whether this call has to fail; errno is set then. */
static int fails(enum op op, const char *name) {
    if (!(fault.mask & (1u << op)) || !fault.left) return 0;
    if (fault.match[0] && !strstr(name, fault.match)) return 0;
    if (fault.seen++ < fault.after) return 0;
    fault.left--;
    fault.hits++;
    note(OP_FAULT, (int)op, fault.error, 0, name, strlen(name), NULL);
    errno = fault.error;
    return 1;
}

static int fails_on(enum op op, int file) {
    char room[4200];
    return (fault.mask & (1u << op)) && fault.left && fails(op, name_of(file, room, sizeof room));
}

/* Control */

void torture_record(const char *log, const char *folder) {
    int error = errno;
    root_length = (size_t)snprintf(root, sizeof root, "%s", folder);
    if (log[0]) {
        static int (*real)(const char *, int, ...);
        if (!real) real = (int (*)(const char *, int, ...))dlsym(RTLD_NEXT, "open64");
        log_file = real(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
        if (log_file < 0) abort();
    }
    errno = error;
}

void torture_mark(const char *text) {
    pthread_mutex_lock(&lock);
    note(OP_MARK, -1, 0, 0, text, strlen(text), NULL);
    pthread_mutex_unlock(&lock);
}

void torture_arm(unsigned mask, int error, long after, long times, const char *match) {
    fault.mask = mask;
    fault.error = error;
    fault.after = after;
    fault.left = times;
    fault.seen = fault.hits = 0;
    snprintf(fault.match, sizeof fault.match, "%s", match);
}

long torture_hits(void) { return fault.hits; }

long torture_seen(void) { return fault.seen; }

__attribute__((constructor)) static void begin(void) {
    const char *folder = getenv("CPDESK_TORTURE_ROOT"), *log = getenv("CPDESK_TORTURE_LOG");
    if (folder) torture_record(log ? log : "", folder);
    const char *wanted = getenv("CPDESK_TORTURE_FAULT");
    unsigned mask;
    int error, read = 0;
    long after, times;
    if (wanted && sscanf(wanted, "%u:%d:%ld:%ld:%n", &mask, &error, &after, &times, &read) == 4 && read)
        torture_arm(mask, error, after, times, wanted + read);
}

/* Opening and closing */

static int opened(int folder, const char *path, int flags, mode_t mode, int (*real)(int, const char *, int, ...)) {
    char room[4200];
    const char *name = ours(folder, path, room, sizeof room);
    if (!name) return real(folder, path, flags, mode);
    pthread_mutex_lock(&lock);
    int writes = (flags & O_ACCMODE) != O_RDONLY || (flags & O_CREAT);
    int file = writes && fails(OP_OPEN, name) ? -1 : real(folder, path, flags, mode);
    if (file >= 0 && file < FILES) {
        tracked[file] = 1;
        note(OP_OPEN, file, flags, 0, name, strlen(name), NULL);
    }
    pthread_mutex_unlock(&lock);
    return file;
}

#define MODE \
    mode_t mode = 0; \
    if (flags & (O_CREAT | __O_TMPFILE)) { va_list rest; va_start(rest, flags); mode = va_arg(rest, mode_t); va_end(rest); }

int openat(int folder, const char *path, int flags, ...) {
    REAL(openat);
    MODE
    return opened(folder, path, flags, mode, real);
}

int openat64(int folder, const char *path, int flags, ...) {
    REAL(openat64);
    MODE
    return opened(folder, path, flags, mode, real);
}

int open(const char *path, int flags, ...) {
    REAL(openat);
    MODE
    return opened(AT_FDCWD, path, flags, mode, real);
}

int open64(const char *path, int flags, ...) {
    REAL(openat64);
    MODE
    return opened(AT_FDCWD, path, flags, mode, real);
}

int creat(const char *path, mode_t mode) { return open(path, O_CREAT | O_WRONLY | O_TRUNC, mode); }

int close(int file) {
    REAL(close);
    if (!is_tracked(file)) return real(file);
    pthread_mutex_lock(&lock);
    tracked[file] = 0;
    int result = real(file);
    note(OP_CLOSE, file, 0, 0, NULL, 0, NULL);
    pthread_mutex_unlock(&lock);
    return result;
}

static int copied(int from, int to) {
    if (to >= 0 && to < FILES) {
        tracked[to] = (char)is_tracked(from);
        if (tracked[to]) note(OP_DUP, from, to, 0, NULL, 0, NULL);
    }
    return to;
}

int dup(int file) {
    REAL(dup);
    return copied(file, real(file));
}

int dup2(int from, int to) {
    REAL(dup2);
    return copied(from, real(from, to));
}

int dup3(int from, int to, int flags) {
    REAL(dup3);
    return copied(from, real(from, to, flags));
}

/* Content */

static size_t allowed(int file, size_t size) {
    /* A disk that is full takes what fits. */
    return fault.error == ENOSPC && fault.hits == 0 && size > 1 && fails_on(OP_WRITE, file) ? size / 2 : 0;
}

static ssize_t written(int file, const void *data, size_t size, off64_t offset, int at) {
    static ssize_t (*real_at)(int, const void *, size_t, off64_t);
    if (!real_at) real_at = (ssize_t(*)(int, const void *, size_t, off64_t))dlsym(RTLD_NEXT, "pwrite64");
    pthread_mutex_lock(&lock);
    if (!at) {
        int appends = fcntl(file, F_GETFL) & O_APPEND;
        offset = lseek64(file, 0, appends ? SEEK_END : SEEK_CUR);
    }
    size_t fits = allowed(file, size);
    ssize_t done = -1;
    if (fits || !fails_on(OP_WRITE, file)) {
        size_t wanted = fits ? fits : size;
        done = at ? real_at(file, data, wanted, offset) : real_write(file, data, wanted);
        if (done > 0) note(OP_WRITE, file, 0, offset, data, (size_t)done, NULL);
    }
    pthread_mutex_unlock(&lock);
    return done;
}

ssize_t write(int file, const void *data, size_t size) {
    return is_tracked(file) ? written(file, data, size, 0, 0) : real_write(file, data, size);
}

ssize_t pwrite64(int file, const void *data, size_t size, off64_t offset) {
    REAL(pwrite64);
    return is_tracked(file) ? written(file, data, size, offset, 1) : real(file, data, size, offset);
}

ssize_t pwrite(int file, const void *data, size_t size, off_t offset) { return pwrite64(file, data, size, offset); }

ssize_t sendfile64(int to, int from, off64_t *offset, size_t count);
ssize_t sendfile64(int to, int from, off64_t *offset, size_t count) {
    REAL(sendfile64);
    if (!is_tracked(to)) return real(to, from, offset, count);
    errno = ENOTSOCK; /* Python copies by reading and writing then. */
    return -1;
}

ssize_t sendfile(int to, int from, off_t *offset, size_t count);
ssize_t sendfile(int to, int from, off_t *offset, size_t count) { return sendfile64(to, from, offset, count); }

ssize_t read(int file, void *data, size_t size) {
    REAL(read);
    return is_tracked(file) && fails_on(OP_READ, file) ? -1 : real(file, data, size);
}

ssize_t pread64(int file, void *data, size_t size, off64_t offset) {
    REAL(pread64);
    return is_tracked(file) && fails_on(OP_READ, file) ? -1 : real(file, data, size, offset);
}

ssize_t pread(int file, void *data, size_t size, off_t offset) { return pread64(file, data, size, offset); }

int ftruncate64(int file, off64_t size) {
    REAL(ftruncate64);
    if (!is_tracked(file)) return real(file, size);
    pthread_mutex_lock(&lock);
    int result = fails_on(OP_TRUNCATE, file) ? -1 : real(file, size);
    if (result == 0) note(OP_TRUNCATE, file, 0, size, NULL, 0, NULL);
    pthread_mutex_unlock(&lock);
    return result;
}

int ftruncate(int file, off_t size) { return ftruncate64(file, size); }

int truncate64(const char *path, off64_t size) {
    int file = open64(path, O_WRONLY | O_CLOEXEC);
    if (file < 0) return -1;
    int result = ftruncate64(file, size), error = errno;
    close(file);
    errno = error;
    return result;
}

int truncate(const char *path, off_t size) { return truncate64(path, size); }

static int synced(int file, int (*real)(int)) {
    if (!is_tracked(file)) return real(file);
    pthread_mutex_lock(&lock);
    int result = fails_on(OP_SYNC, file) ? -1 : real(file);
    note(result == 0 ? OP_SYNC : OP_UNSYNCED, file, 0, 0, NULL, 0, NULL);
    pthread_mutex_unlock(&lock);
    return result;
}

int fsync(int file) {
    REAL(fsync);
    return synced(file, real);
}

int fdatasync(int file) {
    REAL(fdatasync);
    return synced(file, real);
}

/* Names */

#define NAMES(op, from_folder, from, to_folder, to, call) \
    char room_1[4200], room_2[4200]; \
    const char *one = ours(from_folder, from, room_1, sizeof room_1); \
    const char *two = ours(to_folder, to, room_2, sizeof room_2); \
    if (!one && !two) return call; \
    pthread_mutex_lock(&lock); \
    int result = fails(op, two ? two : one) ? -1 : call; \
    if (result == 0) note(op, -1, 0, 0, one ? one : "", one ? strlen(one) : 0, two); \
    pthread_mutex_unlock(&lock); \
    return result

int renameat(int from_folder, const char *from, int to_folder, const char *to) {
    REAL(renameat);
    NAMES(OP_RENAME, from_folder, from, to_folder, to, real(from_folder, from, to_folder, to));
}

int rename(const char *from, const char *to) { return renameat(AT_FDCWD, from, AT_FDCWD, to); }

int linkat(int from_folder, const char *from, int to_folder, const char *to, int flags) {
    REAL(linkat);
    NAMES(OP_LINK, from_folder, from, to_folder, to, real(from_folder, from, to_folder, to, flags));
}

int link(const char *from, const char *to) { return linkat(AT_FDCWD, from, AT_FDCWD, to, 0); }

int unlinkat(int folder, const char *path, int flags) {
    REAL(unlinkat);
    const char *none = NULL;
    NAMES(flags & AT_REMOVEDIR ? OP_RMDIR : OP_UNLINK, folder, path, AT_FDCWD, none, real(folder, path, flags));
}

int unlink(const char *path) { return unlinkat(AT_FDCWD, path, 0); }

int rmdir(const char *path) { return unlinkat(AT_FDCWD, path, AT_REMOVEDIR); }

int remove(const char *path) {
    struct stat found;
    return lstat(path, &found) == 0 && S_ISDIR(found.st_mode) ? rmdir(path) : unlink(path);
}

int mkdirat(int folder, const char *path, mode_t mode) {
    REAL(mkdirat);
    const char *none = NULL;
    NAMES(OP_MKDIR, folder, path, AT_FDCWD, none, real(folder, path, mode));
}

int mkdir(const char *path, mode_t mode) { return mkdirat(AT_FDCWD, path, mode); }
