// A click on the map is a place: its coordinates are written in the form, which is sent.
const map = document.querySelector("svg[data-frame]");
const field = document.getElementById("id_coordinates");

if (map && field) {
  const [west, north, shrink, scale, left, top] = map.dataset.frame.split(" ").map(Number);
  document.getElementById("pick_hint").hidden = false;
  map.addEventListener("click", (event) => {
    const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(map.getScreenCTM().inverse());
    const longitude = west + (at.x - left) / (shrink * scale);
    const latitude = north - (at.y - top) / scale;
    field.value = `${latitude.toFixed(5)}, ${longitude.toFixed(5)}`;
    field.form.requestSubmit();
  });
}
