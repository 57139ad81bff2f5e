// System calls that the Swift overlay of the C library does not show.
#pragma once
#include <malloc.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

/// Renames a path to one that must not exist. 0, or -1 with `errno` (EEXIST; EINVAL where the file system cannot tell).
static inline int system_rename_new(const char *from, const char *to) {
  const int at_current_directory = -100, rename_noreplace = 1;
  return (int)syscall(SYS_renameat2, at_current_directory, from, at_current_directory, to, rename_noreplace);
}

/// Swaps two paths of one file system in a single step. 0, or -1 with `errno` (EINVAL where the file system cannot).
static inline int system_exchange_paths(const char *a, const char *b) {
  const int at_current_directory = -100, rename_exchange = 2;
  return (int)syscall(SYS_renameat2, at_current_directory, a, at_current_directory, b, rename_exchange);
}

/// Bytes that the program holds on the heap now, of all threads.
static inline size_t system_heap_bytes(void) {
  struct mallinfo2 info = mallinfo2();
  return info.uordblks + info.hblkhd;
}

/// Processors that this process may run on; 0 where the system does not tell.
static inline int system_usable_processors(void) {
  // A bit each; kernels are built for 8192 at most.
  unsigned long mask[8192 / (8 * sizeof(unsigned long))];
  long bytes = syscall(SYS_sched_getaffinity, 0, sizeof(mask), mask);
  int count = 0;
  for (long i = 0; i < bytes / (long)sizeof(mask[0]); i++) count += __builtin_popcountl(mask[i]);
  return count;
}

/// Bytes of addresses that the process may use (`ulimit -v`); the largest number where there is no limit.
static inline uint64_t system_address_space_limit(void) {
  struct rlimit limit;
  if (getrlimit(RLIMIT_AS, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY) return UINT64_MAX;
  return limit.rlim_cur;
}

/// The instruction set that this is built for.
static inline const char *system_instruction_set(void) {
#if defined(__AVX512F__)
  return "AVX-512";
#elif defined(__AVX2__)
  return "AVX2";
#elif defined(__AVX__)
  return "AVX";
#elif defined(__SSE2__)
  return "SSE2";
#elif defined(__aarch64__)
  return "NEON";
#else
  return "baseline";
#endif
}

/// Lets blocks of at least so many bytes be mappings of their own instead of parts of the heap, where the C library
/// can do that.
static inline void system_map_blocks_from(int bytes) {
#ifdef __GLIBC__
  mallopt(M_MMAP_THRESHOLD, bytes);
#else
  (void)bytes;
#endif
}
