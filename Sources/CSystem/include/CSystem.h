// System calls that the Swift overlay of the C library does not show.
#pragma once
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
