import TermPlot

extension Layout {
  /// The experiment page from 120 x 30: form over checks, figure over claim.
  static func experimentColumns(_ body: Rect) -> [(index: Int, area: Rect)] {
    let (left, right) = body.splitLeft(columns: min(60, body.width * 2 / 5))
    let (setup, checks) = left.splitTop(rows: left.height / 2)
    let (figure, claim) = right.splitTop(rows: right.height * 3 / 4)
    return [(0, setup), (1, checks), (2, figure), (3, claim)]
  }

  /// From 80 x 20 the figure and the claim take turns at the right.
  static func experimentHalves(_ body: Rect, focus: Int) -> [(index: Int, area: Rect)] {
    let (left, right) = body.splitLeft(columns: body.width * 9 / 20)
    let (setup, checks) = left.splitTop(rows: left.height * 11 / 20)
    return [(0, setup), (1, checks), (focus == 3 ? 3 : 2, right)]
  }
}
