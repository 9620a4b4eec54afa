public import ScoreClaims

/// What the page of experiments shows one at a time.
public enum Exhibit: Sendable, Equatable {
  case figure(Figure)
  case table(ReportTable)
}
