/* Runs a program and does something to it at one of its system calls: kills it, fails the call, stops it while a
 * command runs, or sends it a signal. It also keeps a watchdog, limits, and a list of what the program did to files.
 *
 *   fault [OPTION VALUE]... -- PROGRAM ARGUMENT...
 *
 *   --report FILE   how it ended, in one line
 *   --limit SECONDS after which the program is killed and its end is called `hang`
 *   --space BYTES   of address space, --largest BYTES of a file
 *   --below PATH    only calls on files below this count as steps; may be given again
 *   --groups LETTERS the groups of calls that count as steps (see `calls`)
 *   --log FILE      one line for each step; with --data, the bytes that a write wrote follow its line
 *   --at N          the step at which it is done, from 1
 *   --on            at every later step too, of the groups --of
 *   --do ACTION     kill, signal:N, error:N, short, run
 *   --run COMMAND   what `run` runs with the shell, while the program stands still
 *
 * Linux only. A step is a call on a file below one of the paths, by any thread, in the order of the calls. The calls
 * are seen by a seccomp filter that stops the program only at those of interest, so that a run costs little more
 * than one without. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include <elf.h>

#define LONGEST 4400

/* What the kernel tells of a call; C libraries name it differently. */
struct told {
    uint8_t op, unused[3];
    uint32_t machine;
    uint64_t pointer, stack;
    union {
        struct { int64_t value; uint8_t is_error; } exit;
        struct { uint64_t number, args[6]; uint32_t data; } seccomp;
    };
};
#ifndef PTRACE_GET_SYSCALL_INFO
#define PTRACE_GET_SYSCALL_INFO 0x420e
#endif

/* Groups: o opens to read, e opens to change, c may make or empty a file, r reads, w writes, t changes a size, s syncs,
 * n makes names, u takes names away, m changes modes and times, l locks a file, k locks a part of one, q asks by path,
 * f asks by descriptor, d lists a folder, a answers on standard output or standard error.
 * Shapes: f a descriptor, p a path, a a folder and a path, P two paths, A two of folder and path, S a text and a path,
 * L a text, a folder and a path, o the third argument is the descriptor. */
struct call { long number; const char *name; char group, shape; };
static const struct call calls[] = {
#ifdef __NR_open
    {__NR_open, "open", 'o', 'p'}, {__NR_creat, "creat", 'c', 'p'},
#endif
    {__NR_openat, "openat", 'o', 'a'},
#ifdef __NR_openat2
    {__NR_openat2, "openat2", 'o', 'a'},
#endif
    {__NR_read, "read", 'r', 'f'}, {__NR_pread64, "pread64", 'r', 'f'}, {__NR_readv, "readv", 'r', 'f'},
    {__NR_preadv, "preadv", 'r', 'f'},
    {__NR_write, "write", 'w', 'f'}, {__NR_pwrite64, "pwrite64", 'w', 'f'}, {__NR_writev, "writev", 'w', 'f'},
    {__NR_pwritev, "pwritev", 'w', 'f'}, {__NR_sendfile, "sendfile", 'w', 'f'},
    {__NR_copy_file_range, "copy_file_range", 'w', 'o'},
    {__NR_truncate, "truncate", 't', 'p'}, {__NR_ftruncate, "ftruncate", 't', 'f'},
    {__NR_fallocate, "fallocate", 't', 'f'},
    {__NR_fsync, "fsync", 's', 'f'}, {__NR_fdatasync, "fdatasync", 's', 'f'},
    {__NR_sync_file_range, "sync_file_range", 's', 'f'}, {__NR_syncfs, "syncfs", 's', 'f'},
#ifdef __NR_rename
    {__NR_rename, "rename", 'n', 'P'}, {__NR_link, "link", 'n', 'P'}, {__NR_unlink, "unlink", 'u', 'p'},
    {__NR_mkdir, "mkdir", 'n', 'p'}, {__NR_rmdir, "rmdir", 'u', 'p'}, {__NR_symlink, "symlink", 'n', 'S'},
    {__NR_chmod, "chmod", 'm', 'p'}, {__NR_chown, "chown", 'm', 'p'}, {__NR_lchown, "lchown", 'm', 'p'},
    {__NR_stat, "stat", 'q', 'p'}, {__NR_lstat, "lstat", 'q', 'p'}, {__NR_access, "access", 'q', 'p'},
    {__NR_readlink, "readlink", 'q', 'p'}, {__NR_getdents, "getdents", 'd', 'f'},
#endif
#ifdef __NR_renameat
    {__NR_renameat, "renameat", 'n', 'A'},
#endif
    {__NR_renameat2, "renameat2", 'n', 'A'}, {__NR_linkat, "linkat", 'n', 'A'}, {__NR_unlinkat, "unlinkat", 'u', 'a'},
    {__NR_mkdirat, "mkdirat", 'n', 'a'}, {__NR_symlinkat, "symlinkat", 'n', 'L'},
    {__NR_fchmod, "fchmod", 'm', 'f'}, {__NR_fchmodat, "fchmodat", 'm', 'a'}, {__NR_fchown, "fchown", 'm', 'f'},
    {__NR_fchownat, "fchownat", 'm', 'a'}, {__NR_utimensat, "utimensat", 'm', 'a'},
    {__NR_flock, "flock", 'l', 'f'}, {__NR_fcntl, "fcntl", 'k', 'f'},
    {__NR_fstat, "fstat", 'f', 'f'}, {__NR_newfstatat, "newfstatat", 'q', 'a'}, {__NR_statx, "statx", 'q', 'a'},
    {__NR_faccessat, "faccessat", 'q', 'a'},
#ifdef __NR_faccessat2
    {__NR_faccessat2, "faccessat2", 'q', 'a'},
#endif
    {__NR_readlinkat, "readlinkat", 'q', 'a'}, {__NR_statfs, "statfs", 'q', 'p'}, {__NR_fstatfs, "fstatfs", 'f', 'f'},
    {__NR_getdents64, "getdents64", 'd', 'f'},
};
#define CALLS (sizeof calls / sizeof *calls)

static const char *report_path, *log_path, *groups = "", *of = "", *command, *action = "none";
static const char *below[16];
static int belows, with_data, go_on;
static long limit = 30, at;
static unsigned long long space, largest;
static pid_t child;
static volatile sig_atomic_t hung;
static long steps, done;
static FILE *list;

/* A call that has begun and is to be listed once it has ended. */
struct pending { pid_t thread; const struct call *call; char group; long step; char path[LONGEST], other[LONGEST];
    uint64_t args[6]; int existed; };
static struct pending pending[256];

static void fail(const char *what) { fprintf(stderr, "fault: %s: %s\n", what, strerror(errno)); exit(125); }

static void on_alarm(int number) {
    (void)number;
    hung = 1;
    if (child > 0) kill(child, SIGKILL);
}

static void filter(void) {
    struct sock_filter code[CALLS + 4];
    size_t length = 0;
    code[length++] = (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr));
    for (size_t i = 0; i < CALLS; i++)
        code[length++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)calls[i].number,
                                                      (uint8_t)(CALLS - i), 0);
    code[length++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
    code[length++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_TRACE);
    struct sock_fprog program = {(unsigned short)length, code};
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) || prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program))
        fail("seccomp");
}

static void read_text(pid_t thread, uint64_t from, char *into, size_t most) {
    size_t have = 0;
    into[0] = 0;
    while (have + 1 < most) {
        size_t part = 256 - (from + have) % 256;
        if (part > most - 1 - have) part = most - 1 - have;
        struct iovec here = {into + have, part}, there = {(void *)(uintptr_t)(from + have), part};
        ssize_t got = process_vm_readv(thread, &here, 1, &there, 1, 0);
        if (got <= 0) break;
        char *end = memchr(into + have, 0, (size_t)got);
        if (end) return;
        have += (size_t)got;
    }
    into[have] = 0;
}

static void of_descriptor(pid_t thread, int descriptor, char *into) {
    char name[64];
    if (descriptor == AT_FDCWD) snprintf(name, sizeof name, "/proc/%d/cwd", thread);
    else snprintf(name, sizeof name, "/proc/%d/fd/%d", thread, descriptor);
    ssize_t length = readlink(name, into, LONGEST - 1);
    into[length > 0 ? length : 0] = 0;
}

static void of_path(pid_t thread, int folder, uint64_t text, char *into) {
    static char path[LONGEST];
    read_text(thread, text, path, 4096);
    if (path[0] == '/') { snprintf(into, LONGEST, "%s", path); return; }
    of_descriptor(thread, folder, into);
    size_t length = strlen(into);
    if (path[0]) snprintf(into + length, LONGEST - length, "/%s", path);
}

static int is_below(const char *path) {
    for (int i = 0; i < belows; i++) {
        size_t length = strlen(below[i]);
        if (!strncmp(path, below[i], length) && (!path[length] || path[length] == '/')) return 1;
    }
    return 0;
}

static long long position(pid_t thread, int descriptor) {
    char name[64];
    long long at_byte = 0;
    snprintf(name, sizeof name, "/proc/%d/fdinfo/%d", thread, descriptor);
    FILE *file = fopen(name, "re");
    if (!file) return 0;
    if (fscanf(file, "pos: %lld", &at_byte) != 1) at_byte = 0;
    fclose(file);
    return at_byte;
}

static void copy_bytes(pid_t thread, int descriptor, long long from, long long length) {
    char name[64], bytes[65536];
    snprintf(name, sizeof name, "/proc/%d/fd/%d", thread, descriptor);
    int file = open(name, O_RDONLY | O_CLOEXEC);
    while (length > 0) {
        ssize_t got = file < 0 ? 0 : pread(file, bytes, length < (long long)sizeof bytes ? (size_t)length : sizeof bytes, from);
        if (got <= 0) { memset(bytes, 0, sizeof bytes); got = length < (long long)sizeof bytes ? length : (long long)sizeof bytes; }
        fwrite(bytes, 1, (size_t)got, list);
        from += got;
        length -= got;
    }
    if (file >= 0) close(file);
}

static void write_line(const struct pending *p, long long value, long long a, long long b, long long bytes) {
    fprintf(list, "%ld\t%c\t%s\t%lld\t%s\t%s\t%lld\t%lld\t%lld\n", p->step, p->group, p->call->name, value, p->path,
            p->other, a, b, bytes);
}

/* Lists a call that has ended. */
static void finish(struct pending *p, long long value) {
    int descriptor = (int)p->args[p->call->shape == 'o' ? 2 : 0];
    long long a = (long long)p->args[1], b = (long long)p->args[2];
    const char *name = p->call->name;
    if (strchr("oec", p->group)) {
        a = p->call->shape == 'p' ? (long long)p->args[1] : (long long)p->args[2];
        b = p->existed;
    } else if (p->group == 'w') {
        long long wrote = value > 0 ? value : 0;
        if (!strncmp(name, "pwrite", 6)) a = (long long)p->args[3];
        else a = position(p->thread, descriptor) - wrote;
        if (p->call->shape == 'o' && p->args[3]) {
            uint64_t end = 0;
            struct iovec here = {&end, 8}, there = {(void *)(uintptr_t)p->args[3], 8};
            process_vm_readv(p->thread, &here, 1, &there, 1, 0);
            a = (long long)end - wrote;
        }
        write_line(p, value, a, b, with_data ? wrote : 0);
        if (with_data) { copy_bytes(p->thread, descriptor, a, wrote); fputc('\n', list); }
        p->thread = 0;
        return;
    } else if (!strcmp(name, "fallocate")) {
        a = (long long)(p->args[2] + p->args[3]);
        b = (long long)p->args[1];
    } else if (!strcmp(name, "renameat2")) {
        a = (long long)p->args[4];
    }
    write_line(p, value, a, b, 0);
    p->thread = 0;
}

static void set_result(pid_t thread, long value) {
#if defined(__x86_64__)
    struct user_regs_struct registers;
    if (ptrace(PTRACE_GETREGS, thread, 0, &registers)) return;
    registers.orig_rax = (unsigned long long)-1;
    registers.rax = (unsigned long long)value;
    ptrace(PTRACE_SETREGS, thread, 0, &registers);
#elif defined(__aarch64__)
    int none = -1;
    struct iovec part = {&none, sizeof none};
    ptrace(PTRACE_SETREGSET, thread, (void *)0x404, &part);
    struct user_regs_struct registers;
    part = (struct iovec){&registers, sizeof registers};
    if (ptrace(PTRACE_GETREGSET, thread, (void *)NT_PRSTATUS, &part)) return;
    registers.regs[0] = (unsigned long long)value;
    ptrace(PTRACE_SETREGSET, thread, (void *)NT_PRSTATUS, &part);
#else
#error "this machine is not known here"
#endif
}

static void set_length(pid_t thread, uint64_t length) {
#if defined(__x86_64__)
    struct user_regs_struct registers;
    if (ptrace(PTRACE_GETREGS, thread, 0, &registers)) return;
    registers.rdx = length;
    ptrace(PTRACE_SETREGS, thread, 0, &registers);
#elif defined(__aarch64__)
    struct user_regs_struct registers;
    struct iovec part = {&registers, sizeof registers};
    if (ptrace(PTRACE_GETREGSET, thread, (void *)NT_PRSTATUS, &part)) return;
    registers.regs[2] = length;
    ptrace(PTRACE_SETREGSET, thread, (void *)NT_PRSTATUS, &part);
#endif
}

/* Where the program stands before a call of interest. */
static void at_call(pid_t thread) {
    struct told info;
    if (ptrace(PTRACE_GET_SYSCALL_INFO, thread, sizeof info, &info) <= 0) goto on;
    const uint64_t *args = info.seccomp.args;
    const struct call *call = NULL;
    for (size_t i = 0; i < CALLS; i++)
        if (calls[i].number == (long)info.seccomp.number) { call = &calls[i]; break; }
    if (!call) goto on;
    static struct pending now;
    memset(&now, 0, offsetof(struct pending, path));
    now.path[0] = now.other[0] = 0;
    now.thread = thread;
    now.call = call;
    now.group = call->group;
    memcpy(now.args, args, sizeof now.args);
    int descriptor = (int)args[call->shape == 'o' ? 2 : 0];
    if (call->number == __NR_fcntl && args[1] != F_SETLK && args[1] != F_SETLKW && args[1] != 37 && args[1] != 38)
        goto on;
    if (now.group == 'w' && (descriptor == 1 || descriptor == 2) && call->shape == 'f') {
        now.group = 'a';
        snprintf(now.path, sizeof now.path, descriptor == 1 ? "stdout" : "stderr");
    } else {
        switch (call->shape) {
        case 'f': case 'o': of_descriptor(thread, descriptor, now.path); break;
        case 'p': of_path(thread, AT_FDCWD, args[0], now.path); break;
        case 'a': of_path(thread, (int)args[0], args[1], now.path); break;
        case 'P': of_path(thread, AT_FDCWD, args[0], now.path); of_path(thread, AT_FDCWD, args[1], now.other); break;
        case 'A': of_path(thread, (int)args[0], args[1], now.path); of_path(thread, (int)args[2], args[3], now.other); break;
        case 'S': of_path(thread, AT_FDCWD, args[1], now.path); break;
        case 'L': of_path(thread, (int)args[1], args[2], now.path); break;
        }
        if (!is_below(now.path) && !(now.other[0] && is_below(now.other))) goto on;
        if (now.group == 'o') {
            uint64_t flags = call->shape == 'p' ? args[1] : args[2];
            struct stat status;
            now.existed = !lstat(now.path, &status);
#ifdef __NR_openat2
            if (call->number == __NR_openat2) flags = 0;
#endif
            if (flags & (O_CREAT | O_TRUNC)) now.group = 'c';
            else if (flags & (O_WRONLY | O_RDWR)) now.group = 'e';
        }
        if (now.group == 'q' && call->shape == 'a') {
            char first[2];
            read_text(thread, args[1], first, sizeof first);
            if (!first[0]) now.group = 'f';
        }
    }
    if (!strchr(groups, now.group)) goto on;
    now.step = ++steps;
    int due = at && (steps == at || (go_on && steps > at && strchr(of, now.group)));
    if (due) {
        done++;
        if (!strcmp(action, "kill")) { kill(child, SIGKILL); goto on; }
        if (!strncmp(action, "signal:", 7)) kill(child, atoi(action + 7));
        if (!strcmp(action, "run")) { if (system(command) != 0) fprintf(stderr, "fault: the command failed: %s\n", command); }
        if (!strcmp(action, "short") && now.group == 'w' && args[2] > 1) set_length(thread, args[2] / 2);
        if (!strncmp(action, "error:", 6)) {
            set_result(thread, -atol(action + 6));
            if (list) write_line(&now, -atol(action + 6), 0, 0, 0);
            goto on;
        }
    }
    if (list && now.group == 'a') {
        uint64_t length = args[2] < 65536 ? args[2] : 65536;
        static char said[65536];
        struct iovec here = {said, length}, there = {(void *)(uintptr_t)args[1], length};
        ssize_t got = process_vm_readv(thread, &here, 1, &there, 1, 0);
        if (got < 0) got = 0;
        write_line(&now, got, 0, got, with_data ? got : 0);
        if (with_data) { fwrite(said, 1, (size_t)got, list); fputc('\n', list); }
    } else if (list) {
        for (size_t i = 0; i < sizeof pending / sizeof *pending; i++)
            if (!pending[i].thread) {
                pending[i] = now;
                ptrace(PTRACE_SYSCALL, thread, 0, 0);
                return;
            }
    }
on:
    ptrace(PTRACE_CONT, thread, 0, 0);
}

static void after_call(pid_t thread) {
    struct told info;
    for (size_t i = 0; i < sizeof pending / sizeof *pending; i++)
        if (pending[i].thread == thread) {
            if (ptrace(PTRACE_GET_SYSCALL_INFO, thread, sizeof info, &info) > 0) finish(&pending[i], info.exit.value);
            pending[i].thread = 0;
        }
    ptrace(PTRACE_CONT, thread, 0, 0);
}

static void start(char **arguments) {
    int gate[2];
    if (pipe2(gate, O_CLOEXEC)) fail("pipe");
    child = fork();
    if (child < 0) fail("fork");
    if (!child) {
        char go;
        close(gate[1]);
        if (read(gate[0], &go, 1) != 1) _exit(125);
        /* Nobody is left behind when the one that watches is killed. */
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        struct rlimit none = {0, 0}, memory = {space, space}, file = {largest, largest};
        setrlimit(RLIMIT_CORE, &none);
        if (space) setrlimit(RLIMIT_AS, &memory);
        if (largest) setrlimit(RLIMIT_FSIZE, &file);
        if (groups[0]) filter();
        execvp(arguments[0], arguments);
        fprintf(stderr, "fault: cannot run %s: %s\n", arguments[0], strerror(errno));
        _exit(125);
    }
    if (groups[0]) {
        long options = PTRACE_O_TRACESYSGOOD | PTRACE_O_TRACESECCOMP | PTRACE_O_TRACECLONE | PTRACE_O_TRACEFORK |
                       PTRACE_O_TRACEVFORK | PTRACE_O_EXITKILL;
        if (ptrace(PTRACE_SEIZE, child, 0, options)) fail("ptrace");
    }
    if (write(gate[1], "x", 1) != 1) fail("start");
    close(gate[0]);
    close(gate[1]);
}

static void stopped(pid_t thread, int status) {
    int number = WSTOPSIG(status), event = status >> 16;
    if (event == PTRACE_EVENT_SECCOMP) at_call(thread);
    else if (number == (SIGTRAP | 0x80)) after_call(thread);
    else if (event == PTRACE_EVENT_STOP && number != SIGTRAP) ptrace(PTRACE_LISTEN, thread, 0, 0);
    else if (event) ptrace(PTRACE_CONT, thread, 0, 0);
    else ptrace(PTRACE_CONT, thread, 0, number);
}

int main(int count, char **arguments) {
    int i = 1;
    for (; i < count && strcmp(arguments[i], "--"); i++) {
        const char *name = arguments[i];
        if (!strcmp(name, "--data")) { with_data = 1; continue; }
        if (!strcmp(name, "--on")) { go_on = 1; continue; }
        if (i + 1 >= count) { fprintf(stderr, "fault: %s needs a value\n", name); return 125; }
        const char *value = arguments[++i];
        if (!strcmp(name, "--report")) report_path = value;
        else if (!strcmp(name, "--limit")) limit = atol(value);
        else if (!strcmp(name, "--space")) space = strtoull(value, NULL, 10);
        else if (!strcmp(name, "--largest")) largest = strtoull(value, NULL, 10);
        else if (!strcmp(name, "--below") && belows < 16) below[belows++] = value;
        else if (!strcmp(name, "--groups")) groups = value;
        else if (!strcmp(name, "--of")) of = value;
        else if (!strcmp(name, "--log")) log_path = value;
        else if (!strcmp(name, "--at")) at = atol(value);
        else if (!strcmp(name, "--do")) action = value;
        else if (!strcmp(name, "--run")) command = value;
        else { fprintf(stderr, "fault: what is %s?\n", name); return 125; }
    }
    if (i + 1 >= count) { fprintf(stderr, "fault: no program\n"); return 125; }
    if (log_path && !(list = fopen(log_path, "we"))) fail(log_path);
    struct sigaction act = {.sa_handler = on_alarm};
    sigaction(SIGALRM, &act, NULL);
    struct timespec began, ended;
    clock_gettime(CLOCK_MONOTONIC, &began);
    start(arguments + i + 1);
    /* What the terminal sends to all is for the program. */
    signal(SIGINT, SIG_IGN);
    signal(SIGQUIT, SIG_IGN);
    signal(SIGHUP, SIG_IGN);
    signal(SIGTSTP, SIG_IGN);
    alarm((unsigned)limit);
    int status = 0, over = 0;
    struct rusage usage = {0};
    while (!over) {
        int now;
        struct rusage used;
        pid_t thread = wait4(-1, &now, __WALL, &used);
        if (thread < 0) {
            if (errno == EINTR) continue;
            break;
        }
        if (WIFSTOPPED(now)) stopped(thread, now);
        else if (thread == child) { status = now; usage = used; over = 1; }
        else for (size_t j = 0; j < sizeof pending / sizeof *pending; j++)
            if (pending[j].thread == thread) pending[j].thread = 0;
    }
    alarm(0);
    clock_gettime(CLOCK_MONOTONIC, &ended);
    if (list) fclose(list);
    long millis = (ended.tv_sec - began.tv_sec) * 1000 + (ended.tv_nsec - began.tv_nsec) / 1000000;
    const char *how = hung ? "hang" : WIFSIGNALED(status) ? "signal" : "exit";
    int number = WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status);
    if (report_path) {
        FILE *file = fopen(report_path, "we");
        if (!file) fail(report_path);
        fprintf(file, "%s %d %ld %ld %ld %ld\n", how, number, steps, done, usage.ru_maxrss, millis);
        fclose(file);
    }
    return hung ? 124 : WIFSIGNALED(status) ? 128 + number : number;
}
