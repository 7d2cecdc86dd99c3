// What ThreadSanitizer must leave alone. Debian's RocksDB and C++ library are not built with it, so
// that it sees their memory change hands but not why that is safe. Our own code is watched. Tests
// that fork go on in the child.

extern "C" const char* __tsan_default_options();       // NOLINT: the sanitizer's own name.
extern "C" const char* __tsan_default_suppressions();  // NOLINT

extern "C" const char* __tsan_default_options() {  // NOLINT
  return "ignore_noninstrumented_modules=1:die_after_fork=0";
}

extern "C" const char* __tsan_default_suppressions() {  // NOLINT
  return "race:librocksdb.so\n";
}
