// ncursesw with what Swift cannot import: feature macros come before curses.h, because a pkg-config
// flag for them would be dropped and every wide function would vanish.
//
// _GNU_SOURCE is not among them: it changes fd_set, and Swift's own Glibc module, which has the other
// form, could then not be imported next to this one.
#define NCURSES_WIDECHAR 1
#define NCURSES_NOMACROS 1
#include <curses.h>
#include <langinfo.h>
#include <locale.h>
#include <stdlib.h>
#include <wchar.h>
// Last: its macros would trip other headers.
#include <term.h>

// Attributes are function-like macros, which Swift does not import.
static const attr_t SC_BOLD = A_BOLD;
static const attr_t SC_DIM = A_DIM;
static const attr_t SC_REVERSE = A_REVERSE;
static const attr_t SC_UNDERLINE = A_UNDERLINE;

// wchar.h declares it only for _XOPEN_SOURCE.
int wcwidth(wchar_t);

/// The columns a character takes in this locale; -1 when ncurses could not place it.
static inline int sc_width(uint32_t scalar) { return wcwidth((wchar_t)scalar); }

/// Fills a cell; pairs above 255 fit only in the extended field.
static inline void sc_set_cell(cchar_t *cell, uint32_t scalar, attr_t attributes, int pair) {
  wchar_t text[2] = {(wchar_t)scalar, 0};
  setcchar(cell, text, attributes, 0, &pair);
}

/// The number of colours of a terminfo entry: 0 for none, -1 when there is no such entry, and -2
/// when it cannot place the cursor.
static inline int sc_entry_colors(const char *name) {
  int error = 0;
  TERMINAL *current = set_curterm(NULL);
  int colors = -1;
  if (setupterm((char *)name, 1, &error) == OK) {
    const char *place = tigetstr((char *)"cup");
    colors = tigetnum((char *)"colors");
    if (colors < 0) colors = 0;
    if (place == NULL || place == (const char *)-1) colors = -2;
    del_curterm(set_curterm(NULL));
  }
  set_curterm(current);
  return colors;
}

/// The codeset of the locale in force.
static inline const char *sc_codeset(void) { return nl_langinfo(CODESET); }
