// What LeakSanitizer must leave alone: where a new log cannot be made, the engine forgets the table
// in memory that it had made for it. Our tests of faults let that happen many times.

extern "C" const char* __lsan_default_suppressions();  // NOLINT: the sanitizer's own name.

extern "C" const char* __lsan_default_suppressions() {  // NOLINT
  return "leak:rocksdb::DBImpl::SwitchMemtable\n";
}
