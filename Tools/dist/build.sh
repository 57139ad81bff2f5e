#!/bin/sh
# Builds output/dist/edgedsp: one file with a build for each instruction set, Swift and what Debian has as .a inside.
set -eu
cd "$(dirname "$0")/../.."
scratch=$PWD/.build/dist
mkdir -p "$scratch/lib" "$scratch/pkgconfig" "$scratch/bin" output/dist

# The linker takes a shared library where it finds one: a folder that has the archives alone comes first. Every
# .pc file points there, since SwiftPM passes on the folder of each.
archives=$(dirname "$(${CC:-cc} -print-file-name=libfftw3.a)")
for name in fftw3 png16 turbojpeg xxhash z; do
  ln -sf "$archives/lib$name.a" "$scratch/lib/lib$name.a"
done
ln -sf libpng16.a "$scratch/lib/libpng.a"
for name in fftw3 libcbor libpng sndfile libturbojpeg libxxhash; do
  sed "s#^libdir=.*#libdir=$scratch/lib#; s#-lpng16 *\$#-lpng16 -lz#" \
    "$(pkg-config --variable=pcfiledir $name)/$name.pc" > "$scratch/pkgconfig/$name.pc"
done

if [ "$(uname -m)" != x86_64 ]; then
  swift build -c release --static-swift-stdlib --scratch-path "$scratch/native" --product edgedsp \
    --pkg-config-path "$scratch/pkgconfig"
  strip -o output/dist/edgedsp "$scratch/native/release/edgedsp"
  exit 0
fi

for level in v2 v3 v4; do
  swift build -c release --static-swift-stdlib --scratch-path "$scratch/$level" --product edgedsp \
    -Xcc -march=x86-64-$level --pkg-config-path "$scratch/pkgconfig"
  strip -o "$scratch/bin/edgedsp-$level" "$scratch/$level/release/edgedsp"
done
(cd "$scratch/bin" && ${CC:-cc} -O2 -Wall -static -o edgedsp "$OLDPWD/Tools/dist/launcher.c")
mv "$scratch/bin/edgedsp" output/dist/edgedsp
