// Search shows a few lines of each page it finds, which it reads from the server. Of a page that is
// opened from a folder a browser reads no other page: there it shows the titles alone.
if (window.location.protocol === "file:" && typeof DOCUMENTATION_OPTIONS !== "undefined") {
  DOCUMENTATION_OPTIONS.SHOW_SEARCH_SUMMARY = false;
}
