/// A box in the middle of an area that hides what is beneath it.
struct OverlayBox {
  var title: String
  var hint: String
  var marks: Marks
  /// The size of the content that is wanted; less is taken where there is not the room.
  var content: Size

  /// Where the box goes.
  func box(in area: Rect) -> Rect {
    let wanted = max(content.columns, title.columns + 2, hint.columns + 4) + 4
    let width = min(area.width, wanted)
    let height = min(area.height, content.rows + 2)
    return Rect(
      x: area.x + (area.width - width) / 2, y: area.y + (area.height - height) / 2, width: width,
      height: height)
  }

  private var panel: Panel { Panel(title, hint: hint, isFocused: true, marks: marks) }

  /// Where the content goes.
  func inner(in area: Rect) -> Rect {
    let inner = panel.inner(of: box(in: area))
    return inner.width >= 6 ? inner.inset(left: 1, right: 1) : inner
  }

  /// Clears the box and draws its border.
  ///
  /// - Returns: Where the content goes.
  func draw(into canvas: inout Canvas, in area: Rect) -> Rect {
    let box = box(in: area)
    canvas.fill(box, with: Cell(" ", Style(.text)))
    panel.draw(into: &canvas, in: box)
    canvas.register(WidgetTarget.box, in: box)
    return inner(in: area)
  }
}
