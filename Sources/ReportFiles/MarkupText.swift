/// Text between the tags of XML and HTML.
package enum MarkupText {
  /// The text with what begins and ends tags and entities written as entities.
  package static func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
  }
}
