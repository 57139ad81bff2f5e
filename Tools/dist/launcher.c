// One file that runs on every x86-64: it carries builds of edgedsp for three instruction sets and runs the best one
// that the processor has. EDGEDSP_INSTRUCTION_SET=v2|v3|v4 asks for another; features are the same bytes in all.
//
// The chosen build is copied to an unnamed file in memory and executed from there: nothing is left on disk.
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define EMBED(name, file)                                             \
  __asm__(".section .rodata\n.balign 4096\n.global " #name "\n" #name \
          ":\n.incbin \"" file "\"\n.global " #name "_end\n" #name "_end:\n.byte 0\n.previous\n"); \
  extern const char name[], name##_end[];

EMBED(build_v2, "edgedsp-v2")
EMBED(build_v3, "edgedsp-v3")
EMBED(build_v4, "edgedsp-v4")

struct build {
  const char *name, *begin, *end;
  int runs_here;
};

static int fail(const char *what) {
  fprintf(stderr, "error: %s: %s\n", what, strerror(errno));
  return 71;
}

int main(int argc, char **argv, char **environment) {
  (void)argc;
  __builtin_cpu_init();
  const struct build builds[] = {
      {"v4", build_v4, build_v4_end, __builtin_cpu_supports("x86-64-v4")},
      {"v3", build_v3, build_v3_end, __builtin_cpu_supports("x86-64-v3")},
      {"v2", build_v2, build_v2_end, __builtin_cpu_supports("x86-64-v2")},
  };
  const char *wanted = getenv("EDGEDSP_INSTRUCTION_SET");
  if (wanted && !*wanted) wanted = NULL;
  const struct build *build = NULL;
  for (int i = 0; i < 3 && !build; i++) {
    if (wanted ? !strcmp(wanted, builds[i].name) : builds[i].runs_here) build = &builds[i];
  }
  if (!build || !build->runs_here) {
    fprintf(stderr, wanted ? "error: EDGEDSP_INSTRUCTION_SET=%s: must be v2, v3 or v4, and this processor must have it\n"
                           : "error: edgedsp needs a processor with x86-64-v2 (SSE4.2)%s\n", wanted ? wanted : "");
    return 71;
  }
  int file = memfd_create("edgedsp", MFD_CLOEXEC);
  if (file < 0) return fail("memfd_create");
  for (const char *from = build->begin; from < build->end;) {
    ssize_t count = write(file, from, (size_t)(build->end - from));
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return fail("copying the program to memory");
    from += count;
  }
  fexecve(file, argv, environment);
  return fail("starting the program");
}
