// An ordinary shared library.
int answer(void) { return 42; }
