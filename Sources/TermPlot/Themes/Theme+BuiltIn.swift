extension Theme {
  /// The theme that is there without any file; the same as `Themes/scorefield-dark.yaml`.
  ///
  /// Chosen at even steps of lightness and hue in Oklch, with a contrast of at least 4.5:1 on the
  /// background and on the status bar.
  public static let builtIn = Theme(
    name: "Scorefield Dark", variant: .dark,
    palette: [
      0x0D111B, 0x191E29, 0x293345, 0x8893A5, 0xAAB2BE, 0xD2D8E2, 0xE7EBF2, 0xF6F9FC,
      0xFF7585, 0xFF9F6D, 0xF5D15C, 0x77DE96, 0x5AD5E3, 0x6DADFF, 0xDE93EF, 0xCAA27C,
    ].map(RGB.init(hex:)))
}
