// ncursesw with what Swift cannot import: feature macros come before curses.h, because a pkg-config
// flag for them would be dropped and every wide function would vanish.
#define NCURSES_WIDECHAR 1
#define _GNU_SOURCE 1
#define NCURSES_NOMACROS 1
#include <curses.h>
