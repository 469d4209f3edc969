// A chosen file becomes the text of the form: UTF-8, or what older spreadsheets write where it is none.
const file = document.getElementById("file");
if (file) {
  document.querySelector("[data-file]").hidden = false;
  file.addEventListener("change", async () => {
    const bytes = await file.files[0].arrayBuffer();
    let text;
    try {
      text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    } catch {
      text = new TextDecoder("windows-1252").decode(bytes);
    }
    document.getElementById("csv").value = text;
  });
}
