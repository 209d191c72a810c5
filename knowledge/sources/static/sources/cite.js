/* Citing at a word, in Wagtail's editor of rich text: a window to choose the source and the place. */
(function () {
  const { React, DraftJS, draftail } = window;
  const quote = React.createElement(window.wagtail.components.Icon, { name: "openquote" });

  const onload = {
    ...window.CHOOSER_MODAL_ONLOAD_HANDLERS,
    place: function (modal) {
      modal.ajaxifyForm(window.jQuery("form", modal.body));
      modal.body.find("input[type=text]").trigger("focus");
    },
    cited: function (modal, told) {
      modal.respond("cited", told.result);
    },
  };

  class CiteSource extends draftail.ModalWorkflowSource {
    getChooserConfig(entity) {
      const { choose, place } = this.props.entityType.chooserUrls;
      const data = entity ? entity.getData() : {};
      return {
        url: data.source ? place.replace("KEY", data.source) : choose,
        urlParams: data.pinpoint ? { pinpoint: data.pinpoint } : {},
        onload,
        responses: { cited: this.onChosen },
      };
    }

    filterEntityData(data) {
      return { source: data.source, pinpoint: data.pinpoint };
    }

    /* The citation stands behind what is selected; one that is there is written anew. */
    onChosen(data) {
      const { editorState, entityKey, entityType, onComplete } = this.props;
      let content = editorState.getCurrentContent();
      content = content.createEntity(entityType.type, "IMMUTABLE", this.filterEntityData(data));
      const key = content.getLastCreatedEntityKey();
      const range = this.rangeOf(content, editorState.getSelection(), entityKey);
      content = DraftJS.Modifier.replaceText(content, range, data.title, null, key);
      this.workflow.close();
      onComplete(DraftJS.EditorState.push(editorState, content, "insert-characters"));
    }

    rangeOf(content, selection, entityKey) {
      const end = selection.merge({
        anchorKey: selection.getEndKey(),
        anchorOffset: selection.getEndOffset(),
        focusKey: selection.getEndKey(),
        focusOffset: selection.getEndOffset(),
        isBackward: false,
      });
      let found = end;
      if (entityKey) {
        content.getBlockForKey(selection.getStartKey()).findEntityRanges(
          (sign) => sign.getEntity() === entityKey,
          (from, to) => {
            found = end.merge({
              anchorKey: selection.getStartKey(),
              focusKey: selection.getStartKey(),
              anchorOffset: from,
              focusOffset: to,
            });
          },
        );
      }
      return found;
    }
  }

  function Cite(props) {
    const data = props.contentState.getEntity(props.entityKey).getData();
    const label = [data.source, data.pinpoint].filter(Boolean).join(", ");
    return React.createElement(
      draftail.TooltipEntity,
      { ...props, icon: quote, label, url: "" },
      props.children,
    );
  }

  draftail.registerPlugin({ type: "CITE", source: CiteSource, decorator: Cite }, "entityTypes");
})();
